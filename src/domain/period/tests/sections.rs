//! The parts of the plan that one unit writes (ICS 205 and 206).

use super::first_period;
use crate::domain::period::{
    Channel, Communications, Hospital, Medical, RadioMode, Section, WriteSection,
};
use crate::domain::testing::{id, refusals};

fn write(section: Section) -> WriteSection {
    WriteSection { period: id(4), over: None, section }
}

fn hospitals(rows: &[(&str, u8)]) -> WriteSection {
    let hospital = |(name, trauma): &(&str, u8)| Hospital {
        name: (*name).to_owned(),
        contact: "by road over Mill Street".to_owned(),
        ground_minutes: None,
        air_minutes: None,
        trauma_level: Some(*trauma),
        burn_center: false,
        helipad: false,
    };
    let hospitals = rows.iter().map(hospital).collect();
    write(Section::Medical(Medical { hospitals, ..Medical::default() }))
}

/// ICS 205 blocks 4 and 5: every column of a row, and what holds for all rows.
#[test]
fn a_radio_plan_is_kept_column_by_column_with_its_special_instructions() {
    let mut story = first_period();
    let said = |text: &str| Some(text.to_owned());
    let channel = Channel {
        name: "TAC 1".to_owned(),
        function: "tactical".to_owned(),
        assignment: said("Division A"),
        zone: said("Zone 3"),
        number: said(" 12 "),
        receive: said("155.3400 N"),
        receive_tone: said("156.7"),
        transmit: said("159.0075 N"),
        transmit_tone: said("NAC 293"),
        mode: Some(RadioMode::Mixed),
        remarks: None,
    };
    let plan = Communications {
        channels: vec![channel.clone()],
        instructions: said("Relay over the tower on Bell Hill"),
    };
    story.must(write(Section::Communications(plan.clone())));
    let number = said("12");
    let kept = Communications { channels: vec![Channel { number, ..channel }], ..plan };
    assert_eq!(story.world.period(id(4)).unwrap().communications, kept);
    story.when(write(Section::Communications(kept))).unchanged();
}

/// ICS 206 block 5.
#[test]
fn a_hospital_stands_once_and_its_trauma_level_is_one_of_five() {
    let story = first_period();
    let said = refusals(
        &story,
        [
            hospitals(&[("Memorial", 0)]).into(),
            hospitals(&[("Memorial", 6)]).into(),
            hospitals(&[("Memorial", 1), ("Foothill", 3), ("Memorial", 2)]).into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    NUMBER_OUT_OF_RANGE: `traumaLevel` is 0 and must be from 1 to 5
    NUMBER_OUT_OF_RANGE: `traumaLevel` is 6 and must be from 1 to 5
    NAMED_TWICE: `hospitals` names `Memorial` twice; name it once
    ");
    story.clone().must(hospitals(&[("Memorial", 5)]));
}
