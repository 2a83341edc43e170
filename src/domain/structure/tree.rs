//! Whom a post may report to (NIMS: chain of command, unity of command; check 3: one supervisor
//! each, and the whole a tree).
//!
//! A post reports to one of the positions that its own names, or, where a structure has none of
//! those, to the next one up the line: a division under the commander, as long as nobody opened an
//! Operations Section.

use std::collections::BTreeSet;

use super::{Position, Post, Structure, StructureRefusal};
use crate::domain::ids::Id;
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Levels between the top and the lowest post, with room for an organization's own positions.
pub(super) const HEIGHT_MAX: usize = 16;

/// Gives the supervisor of a post: the one asked for, if it may be that, or else the nearest one.
pub(super) fn supervisor(
    world: &World,
    structure: &Structure,
    position: &Position,
    asked: Option<Id<Post>>,
) -> Result<Id<Post>, Refusal> {
    let owner = world.owner_of_structure(structure);
    let Some(asked) = asked else {
        return Ok(nearest(world, structure, position, owner));
    };
    let above = world.post(asked).filter(|post| post.structure == structure.id);
    let above = above.filter(|post| post.is_live()).ok_or(StructureRefusal::PostUnknown(asked))?;
    if position.anywhere || position.reports_to.contains(&above.position) {
        return Ok(asked);
    }
    let direct: Vec<_> = direct(world, structure, position).collect();
    let up_the_line = line(world, owner, position).contains(&above.position);
    match direct.first() {
        None if up_the_line => Ok(asked),
        Some(open) if up_the_line => Err(StructureRefusal::LineSkipped {
            title: position.title.clone(),
            above: above.title.clone(),
            open: open.name.clone(),
        }
        .into()),
        _ => Err(StructureRefusal::SupervisorImpossible {
            title: position.title.clone(),
            above: above.title.clone(),
            allowed: position.reports_to.join(", "),
        }
        .into()),
    }
}

/// Checks that a post would not be above itself, and the tree not too high.
pub(super) fn check_acyclic(world: &World, post: Id<Post>, above: Id<Post>) -> Result<(), Refusal> {
    let mut next = Some(above);
    for _ in 0..HEIGHT_MAX {
        match next {
            None => return Ok(()),
            Some(id) if id == post => break,
            Some(id) => next = world.post(id).and_then(|post| post.reports_to),
        }
    }
    Err(StructureRefusal::PostAboveItself.into())
}

/// The open posts that a position may report to without skipping any.
fn direct<'w>(
    world: &'w World,
    structure: &Structure,
    position: &Position,
) -> impl Iterator<Item = &'w Post> {
    let open = world.posts_of(structure.id).filter(|post| post.is_live());
    open.filter(|post| position.reports_to.contains(&post.position)).map(AsRef::as_ref)
}

/// The nearest post up the line of which there is just one; the top when there is none.
fn nearest(
    world: &World,
    structure: &Structure,
    position: &Position,
    owner: Option<Id<Organization>>,
) -> Id<Post> {
    let mut level: Vec<&str> = position.reports_to.iter().map(String::as_str).collect();
    for _ in 0..HEIGHT_MAX {
        for code in &level {
            let mut open =
                world.posts_of(structure.id).filter(|p| p.is_live() && p.position == *code);
            if let (Some(only), None) = (open.next(), open.next()) {
                return only.id;
            }
        }
        let above = level.iter().filter_map(|code| world.position(owner, code));
        level = above.flat_map(|position| position.reports_to.iter().map(String::as_str)).collect();
        level.sort_unstable();
        level.dedup();
    }
    structure.command
}

/// The codes of all positions up the line of one.
fn line(world: &World, owner: Option<Id<Organization>>, position: &Position) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<String> = position.reports_to.clone();
    while let Some(code) = open.pop() {
        if let Some(above) = world.position(owner, &code) {
            open.extend(above.reports_to.iter().filter(|code| !found.contains(*code)).cloned());
        }
        found.insert(code);
    }
    found
}
