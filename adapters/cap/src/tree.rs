//! The elements and texts of one root element, in the order of the document.
//!
//! Attributes are not kept: CAP has none, and those of namespaces are resolved while the tree is
//! built. Blanks between elements are not kept either.

use std::borrow::Cow;

/// One root element and all that is in it.
pub(crate) struct Tree<'t> {
    /// In document order, so that what is inside an element is the stretch that follows it.
    pub(crate) nodes: Vec<Item<'t>>,
}

/// An element or a text.
pub(crate) struct Item<'t> {
    /// The number of the element around it; the root is in itself.
    pub(crate) parent: usize,
    /// The number of the first item that is not inside this one.
    pub(crate) end: usize,
    /// Byte of the document at which it begins.
    pub(crate) start: usize,
    pub(crate) kind: Kind<'t>,
}

/// What an item is.
pub(crate) enum Kind<'t> {
    /// An element's local name and namespace, which is empty for none.
    Element(&'t str, Cow<'t, str>),
    /// A text with its references resolved.
    Text(Cow<'t, str>),
}

impl Tree<'_> {
    /// The root element.
    pub(crate) fn root(&self) -> Node<'_> {
        Node { tree: self, at: 0 }
    }
}

/// A place in a tree.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    tree: &'a Tree<'a>,
    at: usize,
}

impl<'a> Node<'a> {
    fn item(self) -> Option<&'a Item<'a>> {
        self.tree.nodes.get(self.at)
    }

    /// The local name; empty for a text.
    pub(crate) fn name(self) -> &'a str {
        match self.item().map(|item| &item.kind) {
            Some(Kind::Element(name, _)) => name,
            _ => "",
        }
    }

    /// The namespace; empty for none.
    pub(crate) fn namespace(self) -> &'a str {
        match self.item().map(|item| &item.kind) {
            Some(Kind::Element(_, namespace)) => namespace,
            _ => "",
        }
    }

    /// Byte of the document at which it begins.
    pub(crate) fn start(self) -> usize {
        self.item().map_or(0, |item| item.start)
    }

    fn is_element(self) -> bool {
        matches!(self.item().map(|item| &item.kind), Some(Kind::Element(..)))
    }

    /// All inside it, and itself.
    fn inside(self) -> impl Iterator<Item = Self> {
        let end = self.item().map_or(self.at, |item| item.end);
        (self.at..end).map(move |at| Self { at, ..self })
    }

    /// The elements inside it at any depth, and itself.
    pub(crate) fn elements(self) -> impl Iterator<Item = Self> {
        self.inside().filter(|node| node.is_element())
    }

    /// The elements directly inside it.
    pub(crate) fn children(self) -> impl Iterator<Item = Self> {
        let end = self.item().map_or(self.at, |item| item.end);
        let mut next = self.at + 1;
        let every = std::iter::from_fn(move || {
            let child = Self { at: next, ..self };
            next = child.item().filter(|_| next < end)?.end;
            Some(child)
        });
        every.filter(|child| child.is_element())
    }

    /// The element itself, the one around it, and so on to the root.
    pub(crate) fn ancestors(self) -> impl Iterator<Item = Self> {
        let up = |node: &Self| {
            let parent = node.item()?.parent;
            (parent != node.at).then_some(Self { at: parent, ..*node })
        };
        std::iter::successors(Some(self), up)
    }

    /// How many siblings of its name come before it.
    pub(crate) fn same_before(self) -> usize {
        let parent = self.item().map_or(self.at, |item| item.parent);
        let siblings = Self { at: parent, ..self }.children();
        siblings.take_while(|s| s.at < self.at).filter(|s| s.name() == self.name()).count()
    }

    /// The texts inside it, joined.
    pub(crate) fn text(self) -> Cow<'a, str> {
        let mut texts = self.inside().filter_map(|node| match &node.item()?.kind {
            Kind::Text(text) => Some(&**text),
            Kind::Element(..) => None,
        });
        match (texts.next(), texts.next()) {
            (None, _) => Cow::Borrowed(""),
            (Some(text), None) => Cow::Borrowed(text),
            (Some(first), Some(second)) => [first, second].into_iter().chain(texts).collect(),
        }
    }
}
