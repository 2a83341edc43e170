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

#[test]
fn only_sharing_reads_the_world() {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![source.join("graphql"), source.join("web")];
    let mut files = 0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        files += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let named = code.filter(|line| line.contains("World") || line.contains("picture().world"));
        assert_eq!(named.count(), 0, "{} names the World; ask a View", path.display());
    }
    assert!(files > 20, "the sources have moved");
}
