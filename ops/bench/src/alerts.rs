//! Alerts of some 9 KB read, checked and matched against 10,000 positions on one core.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use muster_cap::{Cap, encode, sample};
use muster_contract::{Decoder as _, PointSet};

use super::measure::{Effort, count, median};
use super::report::{Goal, Row};

/// Documents that differ, so that no cache answers for the reader.
const DOCUMENTS: usize = 1_000;
const POSITIONS: usize = 10_000;
/// What a pipeline of Python's lxml and shapely does on two cores, where it cannot be run.
const PIPELINE_STATED: f64 = 3_100.0;

/// Measures the adapter beside a pipeline of Python on the same documents.
pub(crate) fn measure(effort: Effort) -> anyhow::Result<Vec<Row>> {
    let documents: Vec<String> =
        sample::alerts(DOCUMENTS).filter_map(|alert| encode(&alert).ok()).collect();
    let positions = sample::positions(POSITIONS);
    let mut rates: Vec<f64> =
        (0..effort.runs).map(|_| rate(&documents, &positions, effort.run_time)).collect();
    let row = Row::new(
        format!("CAP alerts matched with {POSITIONS} positions, one core"),
        median(&mut rates),
        "/s",
        Goal::RatioAtLeast(10.0),
    );
    let row = match pipeline(&documents, effort) {
        Ok(rate) => row.against("by lxml and shapely, all cores", rate),
        Err(error) => row
            .against("by lxml and shapely, two cores, as stated elsewhere", PIPELINE_STATED)
            .remark(format!("the pipeline of Python could not be run: {error:#}")),
    };
    let bytes: usize = documents.iter().map(String::len).sum();
    let mean = bytes / documents.len().max(1);
    let remark = format!("{mean} bytes a document. {}", row.remark);
    Ok(vec![row.remark(remark.trim_end())])
}

fn rate(documents: &[String], positions: &PointSet, run_time: Duration) -> f64 {
    let (mut done, mut matched, start) = (0, 0, Instant::now());
    for document in documents.iter().cycle() {
        if start.elapsed() >= run_time {
            break;
        }
        for decoded in Cap.decode(document.as_bytes()).into_iter().flatten() {
            let areas = decoded.alert.infos.iter().flat_map(|info| &info.areas);
            matched += areas.map(|area| positions.matching(area).len()).sum::<usize>();
        }
        done += 1;
    }
    std::hint::black_box(matched);
    count(done) / start.elapsed().as_secs_f64()
}

/// The same by Python, in an environment that is made at the first run.
fn pipeline(documents: &[String], effort: Effort) -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    for (number, document) in documents.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{number}.xml")), document)?;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipeline/run");
    let output = Command::new(script)
        .arg(folder.path())
        .arg(POSITIONS.to_string())
        .arg(effort.run_time.as_secs_f64().to_string())
        .output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}
