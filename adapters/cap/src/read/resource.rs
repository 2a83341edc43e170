//! The `resource` element (CAP 1.2 section 3.2.3).

use muster_contract::Resource;

use super::Element;
use super::context::{Context, Fault};

/// Reads a resource. Nothing that it points to is fetched.
pub(super) fn read<'a>(context: &mut Context<'a>, node: Element<'a>) -> Result<Resource, Fault> {
    let (mut description, mut mime_type, mut size) = (None, None, None);
    let (mut uri, mut deref_uri, mut digest) = (None, None, None);
    for child in node.children() {
        let place = match context.name(child) {
            "resourceDesc" => &mut description,
            "mimeType" => &mut mime_type,
            "size" => &mut size,
            "uri" => &mut uri,
            "derefUri" => &mut deref_uri,
            "digest" => &mut digest,
            _ => {
                context.keep_unknown(child);
                continue;
            }
        };
        context.once(place, child);
    }
    let description = Context::required(node, description, "resourceDesc", "3.2.3")?;
    let resource = Resource {
        description: context.text(description).into_owned(),
        mime_type: context.optional(mime_type),
        size_bytes: self::size(context, size),
        uri: context.optional(uri),
        deref_uri: context.optional(deref_uri),
        digest: context.optional(digest),
    };
    if resource.mime_type.is_none() && context.is_version_1_2() {
        context.warn(node, "without the `mimeType` that CAP 1.2 section 3.2.3 requires");
    }
    Ok(resource)
}

/// Reads the claimed size; it is a hint, so a wrong one is put aside.
fn size<'a>(context: &mut Context<'a>, place: Option<Element<'a>>) -> Option<u64> {
    let node = place?;
    let text = context.text(node);
    let size = text.parse().ok();
    if size.is_none() && !text.is_empty() {
        context.warn(node, "not a number of bytes (CAP 1.2 section 3.2.3); kept as unknown");
        context.keep(node, &text);
    }
    size
}
