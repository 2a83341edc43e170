//! The published schema.

#[test]
fn the_published_schema_is_fresh() {
    let published = include_str!("../../../schema/hub.graphql");
    assert!(
        published == muster::graphql::sdl(),
        "schema/hub.graphql is not the schema of the code; make it again by \
         `cargo run -- schema > schema/hub.graphql` and read the difference as your clients would"
    );
}
