//! The `area` element (CAP 1.2 section 3.2.4).

use muster_contract::Area;

use super::context::{Context, Fault, fault};
use super::geometry::{self, Shape};
use super::{Element, info};

/// Reads an area.
///
/// Geocodes are kept as they are, those of Alertswiss that describe holes of polygons included:
/// which codes stand for which ground is for the hub to know.
pub(super) fn read<'a>(context: &mut Context<'a>, node: Element<'a>) -> Result<Area, Fault> {
    let (mut description, mut altitude, mut ceiling) = (None, None, None);
    let (mut polygons, mut circles, mut geocodes) = (Vec::new(), Vec::new(), Vec::new());
    for child in node.children() {
        match context.name(child) {
            "polygon" => {
                let text = context.text(child);
                let read = geometry::polygon(&text).map_err(|message| fault(child, message))?;
                polygons.extend(shape(context, child, &text, read));
            }
            "circle" => {
                let text = context.text(child);
                let read = geometry::circle(&text).map_err(|message| fault(child, message))?;
                circles.extend(shape(context, child, &text, read));
            }
            "geocode" => geocodes.extend(info::pair(context, child)),
            "areaDesc" => context.once(&mut description, child),
            "altitude" => context.once(&mut altitude, child),
            "ceiling" => context.once(&mut ceiling, child),
            _ => context.keep_unknown(child),
        }
    }
    let description = Context::required(node, description, "areaDesc", "3.2.4")?;
    let description = context.text(description).into_owned();
    let (altitude_ft, ceiling_ft) = (feet(context, altitude), feet(context, ceiling));
    if ceiling_ft.is_some() && altitude_ft.is_none() {
        context.warn(node, "`ceiling` without the `altitude` that CAP 1.2 section 3.2.4 wants");
    }
    Ok(Area { description, polygons, circles, geocodes, altitude_ft, ceiling_ft })
}

/// What a shape was read as. The text of one that was left out is put aside.
fn shape<'a, T>(context: &mut Context<'a>, node: Element<'a>, text: &str, read: Shape<T>) -> T {
    read.warnings.into_iter().for_each(|warning| context.warn(node, warning));
    if read.is_left_out {
        context.keep(node, text);
    }
    read.shape
}

/// Reads a height in feet; one that is no number is put aside, and the area stays.
fn feet<'a>(context: &mut Context<'a>, place: Option<Element<'a>>) -> Option<f64> {
    let node = place?;
    let text = context.text(node);
    let feet = geometry::number(&text);
    if feet.is_none() && !text.is_empty() {
        context.warn(node, "not a number of feet (CAP 1.2 section 3.2.4); kept as unknown");
        context.keep(node, &text);
    }
    feet
}
