//! Putting the program together and taking it apart.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use tauri::{App, AppHandle, Builder, Manager as _, RunEvent, Window, WindowEvent, Wry, async_runtime};
use tauri_plugin_autostart::MacosLauncher;
use tauri_plugin_dialog::{DialogExt as _, MessageDialogKind};
use tauri_plugin_window_state::StateFlags;
use wirewatch_monitor::{
    Monitor, MonitorError, PdfMaker, Press, SystemClock, SystemSecrets, default_library,
};

use crate::alerting::Desktop;
use crate::arguments::{HIDDEN, LIBRARY, Launch, RENDER_PDF};
use crate::shell::Shell;
use crate::tray::Tray;
use crate::window::Line;
use crate::wire::Event;
use crate::{chooser, commands, live, notify, settings, tray, window};

/// Names the library's folder if no argument does; the command line heeds it as well.
const LIBRARY_VARIABLE: &str = "WIREWATCH_LIBRARY";

/// Runs until the user quits.
pub(crate) fn run(launch: Launch) -> ExitCode {
    let built = plugins(Builder::default(), &launch)
        .invoke_handler(commands::handler())
        .on_window_event(on_window_event)
        .setup(move |app| {
            start(app, launch);
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            let code = app.run_return(on_run_event);
            u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from)
        }
        Err(error) => {
            tracing::error!(%error, "Wirewatch cannot start");
            ExitCode::FAILURE
        }
    }
}

fn plugins(builder: Builder<Wry>, launch: &Launch) -> Builder<Wry> {
    let at_login = at_login(launch);
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    // The first one first: a second start must not get as far as the others.
    let builder = builder
        .plugin(tauri_plugin_single_instance::init(|app, arguments, _folder| {
            if !arguments.iter().any(|argument| argument == HIDDEN) {
                window::show(app);
            }
        }))
        .plugin(tauri_plugin_autostart::init(MacosLauncher::LaunchAgent, Some(at_login)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(remembered).build());
    #[cfg(not(target_os = "linux"))]
    let builder = builder.plugin(tauri_plugin_notification::init());
    builder
}

/// The arguments of a start at login: hidden, and with the library of this start.
fn at_login(launch: &Launch) -> Vec<&'static str> {
    let mut arguments = vec![HIDDEN];
    if let Some(folder) = launch.library.as_deref().and_then(|folder| folder.to_str()) {
        // The plugin wants words that live as long as the program; it is one small string.
        arguments.extend([LIBRARY, String::leak(folder.to_owned())]);
    }
    arguments
}

/// Opens the library and begins to watch; if that is not possible, says why and ends.
fn start(app: &mut App, launch: Launch) {
    let hidden = launch.hidden;
    match open(app.handle(), launch) {
        Ok(shell) => {
            app.manage(shell);
            app.manage(commands::Removed::default());
            app.manage(commands::BackTests::default());
            begin(app.handle());
            if !hidden {
                window::show(app.handle());
            }
        }
        Err(error) => give_up(app.handle(), &error),
    }
}

fn open(app: &AppHandle, launch: Launch) -> Result<Shell, MonitorError> {
    let named = launch.library.or_else(|| std::env::var_os(LIBRARY_VARIABLE).map(PathBuf::from));
    let monitor = Monitor::open(&named.unwrap_or_else(default_library), Arc::new(SystemClock))?;
    let program = std::env::current_exe()
        .map_err(|error| MonitorError::File { path: PathBuf::from("wirewatch-desktop"), error })?;
    Ok(Shell {
        monitor,
        line: Line::default(),
        tray: Tray::default(),
        notifier: notify::notifier(app),
        chooser: chooser::chooser(app),
        press: Press {
            maker: PdfMaker { program, arguments: vec![RENDER_PDF.to_owned()] },
            secrets: Arc::new(SystemSecrets::default()),
        },
        watch: Mutex::new(None),
        publishing: Mutex::new(None),
    })
}

/// Starts everything that goes on by itself.
fn begin(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let events = shell.monitor.listen();
    async_runtime::spawn(live::follow(app.clone(), events));
    tray::start(app);
    let announcer = Arc::new(Desktop(app.clone()));
    // The watch spawns its task on the runtime that it is called in.
    match async_runtime::block_on(async { shell.monitor.watch(announcer) }) {
        Ok(watch) => shell.keep(watch),
        Err(error) => {
            // What is there can still be read and searched.
            tracing::error!(%error, "nothing is watched");
            complain(app, &format!("Nothing is watched: {error}"), |_| {});
        }
    }
    // It spawns its task on the runtime that it is called in, too.
    shell.keep_publishing(async_runtime::block_on(async { shell.monitor.publish(shell.press.clone()) }));
    #[cfg(unix)]
    async_runtime::spawn(quit_when_told(app.clone()));
}

/// Ends as if the user had quit when the session ends or somebody presses Ctrl-C.
#[cfg(unix)]
async fn quit_when_told(app: AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        tracing::warn!("signals are not heard");
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    app.exit(0);
}

fn give_up(app: &AppHandle, error: &MonitorError) {
    let words = crate::wire::in_words(error);
    tracing::error!(error = words, "the library cannot be opened");
    complain(app, &format!("The library cannot be opened. {words}"), |app| app.exit(1));
}

fn complain(app: &AppHandle, words: &str, then: impl FnOnce(&AppHandle) + Send + 'static) {
    let handle = app.clone();
    app.dialog()
        .message(words)
        .title("Wirewatch")
        .kind(MessageDialogKind::Error)
        .show(move |_| then(&handle));
}

fn on_window_event(window: &Window, event: &WindowEvent) {
    let app = window.app_handle();
    match event {
        WindowEvent::CloseRequested { api, .. } => match on_close(app) {
            Close::Destroy => {}
            Close::Quit => app.exit(0),
            Close::Ask => {
                api.prevent_close();
                window::tell(app, Event::AskClose);
            }
        },
        WindowEvent::Destroyed => app.state::<Shell>().line.closes(),
        _ => {}
    }
}

/// What closing the window means.
enum Close {
    /// The window goes, the program stays in the tray.
    Destroy,
    /// The program ends.
    Quit,
    /// The user was never asked.
    Ask,
}

fn on_close(app: &AppHandle) -> Close {
    let shell = app.state::<Shell>();
    if !shell.tray.is_shown() {
        // A program that nobody can see and nobody can quit is worse than one that ends.
        return Close::Quit;
    }
    match settings::load(shell.monitor.library()).map(|settings| settings.close_to_tray) {
        Ok(Some(true)) => Close::Destroy,
        Ok(None) if shell.line.is_listening() => Close::Ask,
        // It cannot be asked (its page does not answer), and it must not be stuck.
        Ok(None) => Close::Destroy,
        Ok(Some(false)) => Close::Quit,
        Err(error) => {
            tracing::error!(%error, "settings cannot be read");
            Close::Quit
        }
    }
}

fn on_run_event(app: &AppHandle, event: RunEvent) {
    match event {
        // Without a code the last window went, which is no wish to quit.
        RunEvent::ExitRequested { code: None, api, .. } => api.prevent_exit(),
        RunEvent::Exit => {
            if let Some(shell) = app.try_state::<Shell>() {
                shell.stop();
            }
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::show(app),
        _ => {}
    }
}
