//! The PostgreSQL server goes away and comes back.

use std::sync::Arc;

use muster::log::verify::verify;
use muster::log::{AppendError, Head, Seq, Store};

use super::place::drafts;
use crate::support::postgres::Server;

#[tokio::test(flavor = "multi_thread")]
async fn an_append_during_an_outage_is_in_doubt_until_it_is_settled() {
    let Some(mut server) = Server::start_own() else { return };
    let store: Arc<dyn Store> = muster::log::open(&server.new_database().await).await.unwrap();
    let head = store.append(Head::GENESIS, &drafts(1..=2)).await.unwrap();

    server.stop();
    let error = store.append(head, &drafts(3..=4)).await.unwrap_err();
    let AppendError::InDoubt { would_be, .. } = error else { panic!("{error}") };
    assert_eq!(would_be.seq, Seq(4));
    store.settle(would_be).await.unwrap_err();
    // With no connection there is nothing that could have been sent.
    let error = store.append(head, &drafts(3..=4)).await.unwrap_err();
    assert!(matches!(error, AppendError::Unavailable(_)), "{error}");
    store.read(Seq(0), 1).await.unwrap_err();

    server.start();
    assert!(!store.settle(would_be).await.unwrap());
    let again = store.append(head, &drafts(3..=4)).await.unwrap();
    assert_eq!(again, would_be);
    assert!(store.settle(would_be).await.unwrap());
    assert_eq!(verify(&*store, |_| ()).await.unwrap().entries, 4);
    store.wait_beyond(Seq(3)).await.unwrap();
}
