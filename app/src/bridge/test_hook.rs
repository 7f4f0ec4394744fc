//! `window.ballastTest`, only at addresses with `?test=1`: the stories of e2e drive workers and
//! storage through it. Calls the bridge and nothing else.

use super::client::Views;
use super::{Answer, Bridge, Reply, new_workspace_id};
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::WithValue;
use protocol::request::{BatchSource, StagedTable, WorkspaceSource};
use protocol::response::OpenedWorkspace;
use protocol::storage::Mode;
use protocol::{
    AppError, Code, Command, Hash32, Health, Request, Response, View, ViewData, WitnessVerdict,
};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::future_to_promise;

/// Puts the hook into the window if the address asks for it.
pub(super) fn install(bridge: Bridge) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let search = window.location().search().unwrap_or_default();
    if !search
        .trim_start_matches('?')
        .split('&')
        .any(|part| part == "test=1")
    {
        return;
    }
    let call = move |name: String, args: Array| -> Promise {
        future_to_promise(async move {
            let told = run(bridge, &name, &args).await;
            told.map_err(|error| JsValue::from_str(&error.to_string()))
        })
    };
    let call = Closure::<dyn Fn(String, Array) -> Promise>::new(call).into_js_value();
    if Reflect::set(&window, &"ballastTest".into(), &call).is_err() {
        leptos::logging::warn!("no test hook");
    }
}

async fn run(bridge: Bridge, name: &str, args: &Array) -> Result<JsValue, AppError> {
    let text = |index: u32| args.get(index).as_string().unwrap_or_default();
    match name {
        "create" => create(bridge, &text(0), WorkspaceSource::Empty).await,
        "demo" => {
            create(
                bridge,
                &text(0),
                WorkspaceSource::Demo {
                    company: text(0),
                    seed: 0,
                },
            )
            .await
        }
        "open" => {
            let workspace = text(0).parse().map_err(|_text| Code::UnknownWorkspace)?;
            Ok(opened(
                &bridge
                    .enter(Request::OpenWorkspace { workspace }, Vec::new())
                    .await?,
            ))
        }
        "takeOver" => Ok(opened(&bridge.enter(Request::TakeOver, Vec::new()).await?)),
        "list" => list(bridge).await,
        "set" => {
            let command = Command::SettingSet {
                key: text(0),
                value: Some(text(1)),
            };
            saved(bridge.apply("test", vec![command])).await
        }
        "undo" => saved(bridge.undo()).await,
        "redo" => saved(bridge.redo()).await,
        "import" => import(bridge, &text(0), &text(1)).await,
        "plan" => planned(bridge.ask(Request::RunPlan)).await,
        "cancelPlan" => {
            let reply = bridge.ask(Request::RunPlan);
            bridge.cancel(reply.id);
            planned(reply).await
        }
        "storage" => storage(bridge).await,
        "history" => history(bridge).await,
        "panic" => bridge
            .ask(Request::Panic)
            .await
            .map(|_answer| JsValue::NULL),
        "views" => {
            pretend(bridge, &text(0));
            Ok(JsValue::NULL)
        }
        "backup" => backup(bridge).await,
        "restore" => {
            let file = Uint8Array::new(&args.get(0)).to_vec();
            let request = Request::BackupImport {
                otherwise: new_workspace_id(),
            };
            Ok(opened(&bridge.enter(request, vec![file]).await?))
        }
        _ => Err(AppError::new(Code::UnknownName).with("name", name)),
    }
}

async fn create(bridge: Bridge, name: &str, source: WorkspaceSource) -> Result<JsValue, AppError> {
    let request = Request::CreateWorkspace {
        workspace: new_workspace_id(),
        name: name.to_owned(),
        source,
    };
    Ok(opened(&bridge.enter(request, Vec::new()).await?))
}

/// Holds the answers of views asked from now on, lets them fail, or (any other word) neither.
fn pretend(bridge: Bridge, how: &str) {
    let views = match how {
        "held" => Views::Held,
        "failing" => Views::Failing,
        _ => Views::True,
    };
    bridge.client.with_value(|client| client.pretend(views));
}

async fn saved(reply: Reply<Answer>) -> Result<JsValue, AppError> {
    match reply.await?.response {
        Response::Saved { seq, .. } => Ok((seq as f64).into()),
        _ => Err(Code::BadMessage.into()),
    }
}

async fn planned(reply: Reply<Answer>) -> Result<JsValue, AppError> {
    match reply.await?.response {
        Response::Planned { plan_hash, .. } => Ok(plan_hash.to_string().into()),
        _ => Err(Code::BadMessage.into()),
    }
}

async fn storage(bridge: Bridge) -> Result<JsValue, AppError> {
    match bridge.view(View::Storage).await?.response {
        Response::View(view) => match *view {
            ViewData::Storage(status) => {
                let seq = JsValue::from(status.saved_seq as f64);
                let fields = [
                    ("mode", mode(status.mode).into()),
                    ("seq", seq),
                    ("health", health(&status.health)),
                ];
                Ok(object(&fields))
            }
            _ => Err(Code::BadMessage.into()),
        },
        _ => Err(Code::BadMessage.into()),
    }
}

async fn history(bridge: Bridge) -> Result<JsValue, AppError> {
    match bridge.ask(Request::History { len: 1_000 }).await?.response {
        Response::History { entries, undo } => {
            let fields = [
                ("gestures", JsValue::from(entries.len() as f64)),
                ("undo", undo.undo.into()),
                ("redo", undo.redo.into()),
            ];
            Ok(object(&fields))
        }
        _ => Err(Code::BadMessage.into()),
    }
}

async fn backup(bridge: Bridge) -> Result<JsValue, AppError> {
    let answer = bridge.ask(Request::BackupExport).await?;
    let file = answer.bufs.first().map(Vec::as_slice).unwrap_or_default();
    Ok(Uint8Array::from(file).into())
}

async fn list(bridge: Bridge) -> Result<JsValue, AppError> {
    match bridge.ask(Request::ListWorkspaces).await?.response {
        Response::Workspaces(list) => {
            let entry = |one: protocol::response::WorkspaceSummary| {
                let id = JsValue::from(one.workspace.to_string());
                object(&[
                    ("id", id),
                    ("name", one.name.into()),
                    ("verdict", verdict(one.verdict).into()),
                ])
            };
            Ok(list.into_iter().map(entry).collect::<Array>().into())
        }
        _ => Err(Code::BadMessage.into()),
    }
}

/// Stages bytes as a table and applies them; what they mean is the engine's business.
async fn import(bridge: Bridge, table: &str, text: &str) -> Result<JsValue, AppError> {
    let mut source = [0; 32];
    for (index, byte) in table.bytes().chain(text.bytes()).enumerate() {
        source[index % 32] ^= byte.rotate_left((index / 32) as u32 % 8);
    }
    let source = BatchSource {
        file: table.to_owned(),
        source: Hash32(source),
        rows_read: 1,
        rows_refused: 0,
    };
    let tables = vec![StagedTable {
        table: table.to_owned(),
        rows: 1,
    }];
    let bytes = text.as_bytes().to_vec();
    let staged = bridge
        .ask_with(Request::ImportStage { source, tables }, vec![bytes])
        .await?;
    match staged.response {
        Response::Staged { batch, .. } => {
            saved(bridge.apply("test", vec![Command::ImportApply { batch }])).await
        }
        _ => Err(Code::BadMessage.into()),
    }
}

fn opened(opened: &OpenedWorkspace) -> JsValue {
    let settings = Object::new();
    for (key, value) in &opened.settings {
        Reflect::set(&settings, &key.into(), &value.into()).unwrap_or(false);
    }
    object(&[
        ("id", opened.workspace.to_string().into()),
        ("name", opened.name.as_str().into()),
        ("mode", mode(opened.storage.mode).into()),
        ("health", health(&opened.storage.health)),
        ("seq", JsValue::from(opened.storage.saved_seq as f64)),
        ("hash", opened.state_hash.to_string().into()),
        ("settings", settings.into()),
    ])
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value).unwrap_or(false);
    }
    object.unchecked_into()
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Writer => "writer",
        Mode::Follower => "follower",
        Mode::Newer => "newer",
        Mode::Memory(_) => "memory",
    }
}

fn health(health: &Health) -> JsValue {
    match health {
        Health::Good => "good".into(),
        Health::Suspect(of) => verdict(*of).into(),
        Health::Damaged { datasets } => datasets.join(",").into(),
    }
}

fn verdict(verdict: WitnessVerdict) -> &'static str {
    match verdict {
        WitnessVerdict::Fresh => "fresh",
        WitnessVerdict::Agrees => "agrees",
        WitnessVerdict::RolledBack { .. } => "rolled back",
        WitnessVerdict::Forked { .. } => "forked",
        WitnessVerdict::Wiped { .. } => "wiped",
    }
}
