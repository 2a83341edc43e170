//! How an incident stands and where it goes (ICS 209, blocks 7, 8, 34, 36, 38, 40 and 42 to 46).

use super::first_period;
use crate::domain::period::{
    Amount, AreaUnit, Horizon, Measure, Outlook, Projection, Section, Size, Summary, WriteSection,
};
use crate::domain::testing::{Story, id};

fn reported(outlook: Outlook) -> WriteSection {
    let summary = Summary { outlook: Box::new(outlook), ..Summary::default() };
    WriteSection { period: id(4), over: None, section: Section::Summary(summary) }
}

fn refused(story: &Story, outlook: Outlook) -> String {
    story.clone().when(reported(outlook)).result.expect_err("this should be refused").to_string()
}

fn until(within: Horizon, activity: &str) -> Projection {
    Projection { within, activity: Some(activity.to_owned()), threats: None }
}

#[test]
fn what_is_expected_is_told_from_the_nearest_horizon_on() {
    let mut story = first_period();
    let projections = vec![
        until(Horizon::Hours48, "Containment"),
        until(Horizon::Hours12, "The wind turns"),
        until(Horizon::Hours24, " "),
    ];
    let size = Some(Size { amount: 340, unit: AreaUnit::Acres });
    let measures = vec![Measure::RepopulationInProgress, Measure::AreaRestricted];
    let outlook =
        Outlook { size, contained: Some(60), measures, projections, ..Outlook::default() };
    story.must(reported(outlook.clone()));

    let summary = story.world.period(id(4)).unwrap().summary.clone().unwrap();
    let projections =
        vec![until(Horizon::Hours12, "The wind turns"), until(Horizon::Hours48, "Containment")];
    assert_eq!(*summary.outlook, Outlook { projections, ..outlook });
}

#[test]
fn what_cannot_be_meant_is_refused_with_its_place() {
    let story = first_period();
    let contained = Outlook { contained: Some(101), ..Outlook::default() };
    insta::assert_snapshot!(refused(&story, contained), @"`contained` is 101 and must be from 0 to 100");
    let measures = vec![Measure::AreaRestricted, Measure::AreaRestricted];
    let measures = Outlook { measures, ..Outlook::default() };
    insta::assert_snapshot!(refused(&story, measures), @"`measures` names `area-restricted` twice; name it once");
    let projections = vec![until(Horizon::Hours12, "rain"), until(Horizon::Hours12, "wind")];
    let projections = Outlook { projections, ..Outlook::default() };
    insta::assert_snapshot!(refused(&story, projections), @"`projections` names `hours12` twice; name it once");
    let cost = Some(Amount { amount: 1, currency: "dollars".to_owned() });
    let cost = Outlook { cost, ..Outlook::default() };
    insta::assert_snapshot!(refused(&story, cost), @"the cost cannot be used: give the currency as three capital letters, such as USD");
}
