//! The agreements of a scenario: who shows what to whom from the beginning.
//!
//! Without them each agency would see its own records and public alerts alone, as in reality. They
//! are proposed and signed by the parties' own administrators before the first step, and cover
//! exercises alone, and who people are.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;
use uuid::Uuid;

use super::check::Mistake;
use super::file::Scenario;
use super::play::Actor;
use crate::domain::agreement::{
    Group, Incidents, PlacePrecision, Propose, Shareable, Term, Text, TimePrecision,
};
use crate::domain::marking::Tlp;
use crate::domain::organization::Organization;
use crate::domain::{Id, hazard};

/// An agreement, signed by all its parties. They are named by their codes.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Arrangement {
    /// What people call it.
    pub title: String,
    /// What the facts may be used for.
    pub purpose: String,
    /// Who signs it, the proposer first.
    pub parties: Vec<String>,
    /// What is shown to whom.
    pub terms: Vec<Spanned<Showing>>,
}

/// A term: what some parties show to others.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Showing {
    /// Whose records are shown.
    pub gives: Vec<String>,
    /// To whom.
    pub receives: Vec<String>,
    /// The kinds of record.
    pub records: Vec<Shareable>,
    /// The kinds of hazard of the incidents, with those below them; all when absent.
    #[serde(default)]
    pub kinds: Option<Vec<hazard::Kind>>,
    /// The groups of fields.
    pub groups: Vec<Group>,
    /// How exactly places are shown; as they are known when absent.
    #[serde(default)]
    pub place: PlacePrecision,
    /// How exactly times are shown; as they are known when absent.
    #[serde(default)]
    pub time: TimePrecision,
    /// Whether the receiver is told that there is more.
    #[serde(default)]
    pub tells_withheld: bool,
}

impl Showing {
    /// Whether it shows who people are, which is the same in an exercise and in reality.
    fn is_of_persons(&self) -> bool {
        self.records.iter().any(|record| is_of_persons(*record))
    }

    /// Whether it shows something else besides, which is then no longer of exercises alone.
    fn is_mixed(&self) -> bool {
        self.is_of_persons() && !self.records.iter().all(|record| is_of_persons(*record))
    }
}

const fn is_of_persons(record: Shareable) -> bool {
    matches!(record, Shareable::Person | Shareable::Qualification)
}

/// An agreement that is to be proposed, and then signed.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The command of the first of the signers, which signs it for that one.
    pub propose: Propose,
    /// Who signs, in order.
    pub signers: Vec<Actor>,
}

impl Scenario {
    /// What is to be signed before the play begins, in the order of the file. `organizations` are
    /// the registered ones by code; an agreement with one that is not among them is left out.
    pub fn proposals(
        &self,
        organizations: &BTreeMap<String, Id<Organization>>,
    ) -> impl Iterator<Item = Proposal> {
        self.agreements.iter().filter_map(|spanned| {
            let arrangement = &spanned.value;
            let text = arrangement.text(|code| organizations.get(code).copied())?;
            let signers = arrangement.parties.iter().map(|code| {
                let principal = self.participant(code)?.administrator();
                Some(Actor { principal, organization: *organizations.get(code)? })
            });
            Some(Proposal { propose: Propose { text }, signers: signers.collect::<Option<_>>()? })
        })
    }

    /// Everything that is not right in the agreements.
    pub(super) fn mistakes_of_agreements(&self) -> Vec<Mistake> {
        // Whether a text can be signed does not depend on the ids that the hub will give.
        let ids: BTreeMap<_, _> = (0..)
            .zip(&self.organizations)
            .map(|(n, spanned)| (spanned.value.code.as_str(), Id::new(Uuid::from_u128(n))))
            .collect();
        self.agreements.iter().flat_map(|spanned| mistakes(spanned, &ids)).collect()
    }
}

impl Arrangement {
    /// The text as it is proposed; none when a code is not known.
    fn text(&self, find: impl Fn(&str) -> Option<Id<Organization>>) -> Option<Text> {
        let all = |codes: &[String]| codes.iter().map(|code| find(code)).collect::<Option<_>>();
        let terms = self.terms.iter().map(|spanned| {
            let showing = &spanned.value;
            Some(Term {
                gives: all(&showing.gives)?,
                receives: all(&showing.receives)?,
                records: showing.records.clone(),
                incidents: showing.kinds.clone().map_or(Incidents::All, Incidents::Kinds),
                area: None,
                exercise: (!showing.is_of_persons()).then_some(true),
                up_to: Tlp::Amber,
                groups: showing.groups.clone(),
                place: showing.place,
                time: showing.time,
                tells_withheld: showing.tells_withheld,
                onward: false,
                passes_on: false,
            })
        });
        Some(Text {
            title: self.title.clone(),
            purpose: self.purpose.clone(),
            parties: all(&self.parties)?,
            terms: terms.collect::<Option<_>>()?,
            starts: None,
            ends: None,
        })
    }
}

fn mistakes(
    arrangement: &Spanned<Arrangement>,
    ids: &BTreeMap<&str, Id<Organization>>,
) -> Vec<Mistake> {
    let Spanned { value: arrangement, referenced, .. } = arrangement;
    let line = referenced.line();
    let unknown = |line: u64, key: &str, codes: &[String]| {
        let unknown = codes.iter().filter(|code| !ids.contains_key(code.as_str()));
        let message = |code: &String| {
            format!("`{key}`: `{code}` is not the code of an organization in this file")
        };
        unknown.map(|code| Mistake { line, message: message(code) }).collect::<Vec<_>>()
    };
    let mut found = unknown(line, "parties", &arrangement.parties);
    for Spanned { value: term, referenced, .. } in &arrangement.terms {
        found.extend(unknown(referenced.line(), "gives", &term.gives));
        found.extend(unknown(referenced.line(), "receives", &term.receives));
        found.extend(term.is_mixed().then(|| Mistake {
            line: referenced.line(),
            message: "`records`: persons and qualifications need a term of their own".to_owned(),
        }));
    }
    let Some(text) = arrangement.text(|code| ids.get(code).copied()) else { return found };
    let refused = |line, key: &str, refusal: &crate::domain::Refusal| Mistake {
        line,
        message: format!("`{key}`: {refusal}"),
    };
    found.extend(text.check().err().map(|refusal| refused(line, "agreements", &refusal)));
    for (spanned, term) in arrangement.terms.iter().zip(&text.terms) {
        let line = spanned.referenced.line();
        found.extend(text.check_term(term).err().map(|refusal| refused(line, "terms", &refusal)));
    }
    found
}
