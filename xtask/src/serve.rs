//! The local web server: the built app with the headers it is delivered with.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// Sent with every answer; app.md 5.5. `connect-src` names no host until a sync endpoint is set up.
const HEADERS: &str = concat!(
    "Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; ",
    "worker-src 'self'; connect-src 'self'; img-src 'self' data: blob:; style-src 'self'; ",
    "font-src 'self'; manifest-src 'self'; base-uri 'none'; object-src 'none'; ",
    "form-action 'none'; frame-ancestors 'none'\r\n",
    "Cross-Origin-Opener-Policy: same-origin\r\n",
    "Cross-Origin-Resource-Policy: same-origin\r\n",
    "X-Content-Type-Options: nosniff\r\n",
    "Referrer-Policy: no-referrer\r\n",
    "Permissions-Policy: camera=(), microphone=(), geolocation=(), usb=(), payment=()\r\n",
);
/// A request head longer than this is refused.
const HEAD_BYTES_MAX: u64 = 16 * 1024;
const IDLE_MAX: Duration = Duration::from_secs(60);

/// Starts to listen; `port` 0 takes any free one.
///
/// # Errors
/// When the port is taken.
pub fn listen(port: u16) -> Result<TcpListener, String> {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    TcpListener::bind(address).map_err(|error| format!("{address}: {error}"))
}

/// The address a browser opens.
///
/// # Errors
/// When the socket is gone.
pub fn address(listener: &TcpListener) -> Result<String, String> {
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    Ok(format!("http://{address}"))
}

/// Answers requests from the folder until the process ends.
pub fn serve(listener: &TcpListener, folder: PathBuf) {
    let folder = Arc::new(folder);
    for stream in listener.incoming().flatten() {
        let folder = Arc::clone(&folder);
        thread::spawn(move || {
            // A browser that goes away mid-answer is no news.
            answer_all(&stream, &folder).ok();
        });
    }
}

fn answer_all(stream: &TcpStream, folder: &Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(IDLE_MAX))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = Request::read(&mut reader)? {
        let answer = Answer::to(&request, folder);
        answer.write(stream, request.method == "HEAD")?;
    }
    Ok(())
}

/// The parts of a request the server looks at.
#[derive(Debug, Default, PartialEq, Eq)]
struct Request {
    method: String,
    path: String,
    accept_encoding: String,
}

impl Request {
    /// The next request of a connection; `None` when it is closed or not HTTP.
    fn read(reader: &mut impl BufRead) -> std::io::Result<Option<Self>> {
        let mut head = reader.take(HEAD_BYTES_MAX);
        let mut line = String::new();
        head.read_line(&mut line)?;
        let mut words = line.split_whitespace();
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Ok(None);
        };
        let path = target.split(['?', '#']).next().unwrap_or(target);
        let mut request = Self {
            method: method.to_owned(),
            path: path.to_owned(),
            ..Self::default()
        };
        loop {
            let mut line = String::new();
            if head.read_line(&mut line)? == 0 {
                return Ok(None);
            }
            let Some((name, value)) = line.split_once(':') else {
                return Ok(Some(request));
            };
            if name.eq_ignore_ascii_case("accept-encoding") {
                request.accept_encoding = value.trim().to_owned();
            }
        }
    }
}

/// A status, headers of its own and a body.
struct Answer {
    status: &'static str,
    headers: String,
    body: Vec<u8>,
}

impl Answer {
    fn to(request: &Request, folder: &Path) -> Self {
        if request.method != "GET" && request.method != "HEAD" {
            return Self::text("405 Method Not Allowed");
        }
        let Some(path) = resolve(folder, &request.path) else {
            return Self::text("404 Not Found");
        };
        let (encoding, body) = read_encoded(&path, &request.accept_encoding);
        let Some(body) = body else {
            return Self::text("404 Not Found");
        };
        let name = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .to_string_lossy()
            .into_owned();
        let caching = match name.starts_with("assets/") {
            true => "public, max-age=31536000, immutable",
            false => "no-cache",
        };
        let encoding = encoding
            .map(|name| format!("Content-Encoding: {name}\r\n"))
            .unwrap_or_default();
        let headers = format!(
            "Content-Type: {}\r\nCache-Control: {caching}\r\nVary: Accept-Encoding\r\n{encoding}",
            content_type(&name)
        );
        Self {
            status: "200 OK",
            headers,
            body,
        }
    }

    fn text(status: &'static str) -> Self {
        let headers = "Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n";
        Self {
            status,
            headers: headers.to_owned(),
            body: status.as_bytes().to_vec(),
        }
    }

    fn write(&self, mut stream: &TcpStream, is_head: bool) -> std::io::Result<()> {
        let length = self.body.len();
        let mut bytes = format!(
            "HTTP/1.1 {}\r\n{}{HEADERS}Content-Length: {length}\r\n\r\n",
            self.status, self.headers
        )
        .into_bytes();
        if !is_head {
            bytes.extend_from_slice(&self.body);
        }
        stream.write_all(&bytes)
    }
}

/// The file a path names. A path without a file extension is a place of the app: the page itself.
fn resolve(folder: &Path, path: &str) -> Option<PathBuf> {
    let is_plain = |part: &str| {
        part.chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
            && !part.starts_with('.')
    };
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.last() {
        Some(last) if last.contains('.') => parts.iter().all(|part| is_plain(part)).then(|| {
            parts
                .iter()
                .fold(folder.to_path_buf(), |path, part| path.join(part))
        }),
        _ => Some(folder.join("index.html")),
    }
}

/// The smallest form of a file the browser takes, and the name of its encoding.
fn read_encoded(path: &Path, accepted: &str) -> (Option<&'static str>, Option<Vec<u8>>) {
    let takes = |name: &str| {
        accepted
            .split(',')
            .any(|entry| entry.split(';').next().unwrap_or(entry).trim() == name)
    };
    for (name, end) in [("br", "br"), ("gzip", "gz")] {
        let mut encoded = path.as_os_str().to_owned();
        encoded.push(format!(".{end}"));
        if let (true, Ok(bytes)) = (takes(name), fs::read(encoded)) {
            return (Some(name), Some(bytes));
        }
    }
    (None, fs::read(path).ok())
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or(name) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(head: &str) -> Option<Request> {
        Request::read(&mut head.as_bytes()).ok().flatten()
    }

    #[test]
    fn a_request_is_read_up_to_its_empty_line() {
        let head = "GET /demand?v=1 HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, br\r\n\r\nrest";
        let read = request(head).expect("a whole head");
        assert_eq!(
            (read.path.as_str(), read.accept_encoding.as_str()),
            ("/demand", "gzip, br")
        );
        assert_eq!(request(""), None);
        assert_eq!(request("GET / HTTP/1.1\r\nHost: x\r\n"), None, "cut off");
    }

    #[test]
    fn a_path_never_leaves_the_folder() {
        let folder = Path::new("/site");
        let file = |path| resolve(folder, path).map(|path| path.to_string_lossy().into_owned());
        assert_eq!(file("/").as_deref(), Some("/site/index.html"));
        assert_eq!(file("/demand/sku").as_deref(), Some("/site/index.html"));
        assert_eq!(
            file("/assets/app-1.js").as_deref(),
            Some("/site/assets/app-1.js")
        );
        assert_eq!(file("/../secret.txt"), None);
        assert_eq!(file("/a/..%2f/b.txt"), None);
        assert_eq!(file("/.git/config.txt"), None);
    }

    #[test]
    fn wasm_has_the_type_streaming_compilation_needs() {
        assert_eq!(content_type("assets/app_bg-1.wasm"), "application/wasm");
    }

    #[test]
    fn scripts_and_styles_in_the_page_are_refused() {
        assert!(!HEADERS.contains("unsafe-inline"));
        assert!(HEADERS.contains("script-src 'self' 'wasm-unsafe-eval';"));
    }
}
