use proptest::prelude::*;

use super::*;

const DOCUMENTS: [&str; 3] = [
    include_str!("../../tests/fixtures/departures.xml"),
    include_str!("../../tests/fixtures/first-version.xml"),
    include_str!("../../tests/fixtures/power-failure.xml"),
];

/// The elements of a tree: name, namespace, and the text of those without elements inside.
type Elements = Vec<(String, String, String)>;

fn ours(tree: &Tree<'_>) -> Elements {
    let text = |node: crate::tree::Node<'_>| match node.children().next() {
        None => node.text().trim_ascii().to_owned(),
        Some(_) => String::new(),
    };
    let element = |node: crate::tree::Node<'_>| {
        (node.name().to_owned(), node.namespace().to_owned(), text(node))
    };
    tree.root().elements().map(element).collect()
}

fn theirs(document: &roxmltree::Document<'_>) -> Elements {
    let elements = document.descendants().filter(roxmltree::Node::is_element);
    elements
        .map(|node| {
            let is_leaf = node.first_element_child().is_none();
            let texts = node.descendants().filter(|inner| is_leaf && inner.is_text());
            let text: String = texts.filter_map(|inner| inner.text()).collect();
            let (name, namespace) = (node.tag_name().name(), node.tag_name().namespace());
            let namespace = namespace.unwrap_or_default();
            (name.to_owned(), namespace.to_owned(), text.trim_ascii().to_owned())
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// What a strict XML reader accepts is read the same here, and never refused.
    #[test]
    fn the_tree_is_that_of_a_general_xml_reader(
        document in prop::sample::select(&DOCUMENTS),
        at in any::<prop::sample::Index>(),
        change in prop::sample::select(&[
            "", "<", ">", "/", "&amp;", "&#x41;", "&lt", "\"", "'", "=", " ", "\r\n", "x",
            "<![CDATA[ a<b ]]>", "<!-- c -->", "<?p i?>", "<e/>", "<e a='>'/>", "<x:e/>", "</c:event>",
            "<e xmlns=''/>", "<e xmlns:x=\"urn:a&amp;b\"><x:f/></e>",
        ]),
        remove in 0_usize..3,
    ) {
        let mut text = document.to_owned();
        let at = at.index(text.len());
        prop_assume!(text.is_char_boundary(at) && text.is_char_boundary((at + remove).min(document.len())));
        text.replace_range(at..(at + remove).min(document.len()), change);
        let Ok(expected) = roxmltree::Document::parse(&text) else { return Ok(()) };
        let roots = roots(&text);
        let [Ok(tree)] = roots.as_slice() else {
            let reasons: Vec<_> = roots.iter().filter_map(|root| root.as_ref().err()).collect();
            return Err(TestCaseError::fail(format!("{reasons:?}")));
        };
        prop_assert_eq!(ours(tree), theirs(&expected));
    }
}
