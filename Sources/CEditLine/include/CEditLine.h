// CEditLine: libedit as Swift can use it.
//
// What enters is a prompt and, key by key, what the terminal sends; what leaves is one edited line of wide
// characters, which may hold newlines. Three things stand between libedit and Swift, and this shim is those:
//
// 1. `el_set` and its kin are variadic, which Swift cannot call.
// 2. libedit's own signal handling works inside its handlers and corrupts its display, so here handlers set
//    flags and write a byte to a pipe, and the key reader, which polls the pipe beside the terminal, does the
//    work.
// 3. libedit's own key reader knows nothing of those flags, of marks without width (which break its display),
//    or of a lone escape key in vi mode.
//
// Commands bound to keys come back as `cel_command` through one callback; history too stays with the
// caller: libedit asks for entries through `cel_callbacks.history`. Only libedit's wide interface is used:
// the narrow one crashes on a prompt in UTF-8 in the C locale. One editor reads at a time.
//
//   cel_editor *editor = cel_open("khabar", callbacks);
//   cel_set_prompt(editor, L"khabar> ");
//   if (cel_read(editor, true) == CEL_READ_LINE) … cel_line(editor) …
//
// Functions that move the cursor or change the text may only be called from within a callback.

#ifndef CEDITLINE_H
#define CEDITLINE_H

#include <stdbool.h>
#include <stdint.h>
#include <wchar.h>

// Swift's names for enumerations and their cases.
#define CEL_SWIFT(name) __attribute__((swift_name(name)))
#define CEL_ENUM(name) enum __attribute__((enum_extensibility(closed), swift_name(name)))

/// Makes the locale's characters UTF-8: the user's locale if it is, else C.UTF-8. False: there is none.
bool cel_set_locale(void);

/// The columns a character takes up on a terminal; -1: it can't be printed.
int cel_columns(wchar_t character);

// MARK: Signals

/// Installs the handler of SIGINT, which sets the flag below. Once for the life of the process.
void cel_signals_install(void);
/// True from a Ctrl-C until `cel_interrupt_clear`. Safe to poll from any thread.
bool cel_interrupt_requested(void);
void cel_interrupt_clear(void);

// MARK: Editor

typedef struct cel_editor cel_editor;

/// What a key asks for, where libedit's own commands don't serve.
typedef CEL_ENUM("EditorCommand") {
  CEL_ENTER CEL_SWIFT("enter"),
  CEL_NEWLINE CEL_SWIFT("newline"),
  CEL_COMPLETE CEL_SWIFT("complete"),
  CEL_UP CEL_SWIFT("up"),
  CEL_DOWN CEL_SWIFT("down"),
  CEL_OLDER CEL_SWIFT("older"),
  CEL_NEWER CEL_SWIFT("newer"),
  CEL_LEFT CEL_SWIFT("left"),
  CEL_RIGHT CEL_SWIFT("right"),
  CEL_HOME CEL_SWIFT("home"),
  CEL_END CEL_SWIFT("end"),
  CEL_BACKSPACE CEL_SWIFT("backspace"),
  CEL_DELETE CEL_SWIFT("delete"),
  CEL_END_OF_INPUT CEL_SWIFT("endOfInput"),
  CEL_PASTE CEL_SWIFT("paste"),
  CEL_SEARCH CEL_SWIFT("search"),
  CEL_SEARCH_STEP CEL_SWIFT("searchStep"),
  CEL_INTERRUPT CEL_SWIFT("interrupt"),
  CEL_CHANGE_CASE CEL_SWIFT("changeCase"),
  CEL_IGNORE CEL_SWIFT("ignore"),
} cel_command;

/// What libedit is to do after a command; the values are libedit's.
typedef CEL_ENUM("EditorOutcome") {
  CEL_DONE CEL_SWIFT("done") = 0,     // nothing: the screen is right
  CEL_FINISH CEL_SWIFT("finish") = 2,   // end of input
  CEL_REFRESH CEL_SWIFT("refresh") = 4,  // draw what changed
  CEL_BEEP CEL_SWIFT("beep") = 6,
} cel_outcome;

typedef CEL_ENUM("EditorEvent") {
  CEL_WAITING CEL_SWIFT("waiting"),  // a key is about to be read
  CEL_ARRIVED CEL_SWIFT("arrived"),  // it has been read, or reading it has failed
  CEL_RESIZED CEL_SWIFT("resized"),  // the window has a new size: call cel_resize and draw anew
  CEL_STOPPING CEL_SWIFT("stopping"),  // Ctrl-Z: the process is about to be stopped
  CEL_RESUMED CEL_SWIFT("resumed"),  // the process was stopped and goes on: draw anew
} cel_event;

typedef CEL_ENUM("HistoryStep") {
  CEL_HISTORY_NEWEST CEL_SWIFT("newest"),
  CEL_HISTORY_OLDEST CEL_SWIFT("oldest"),
  CEL_HISTORY_OLDER CEL_SWIFT("older"),
  CEL_HISTORY_NEWER CEL_SWIFT("newer"),
} cel_history_step;

typedef struct {
  void *context;
  cel_outcome (*command)(void *context, cel_command command);
  void (*event)(void *context, cel_event event);
  /// Asked for each key while `cel_set_filter` is on; returns the key to deliver.
  wchar_t (*filter)(void *context, wchar_t key);
  /// An entry of the history, valid until the next call, or null.
  const wchar_t *(*history)(void *context, cel_history_step step);
} cel_callbacks;

typedef CEL_ENUM("EditorReadResult") {
  CEL_READ_LINE CEL_SWIFT("line"),
  CEL_READ_INTERRUPTED CEL_SWIFT("interrupted"),
  CEL_READ_END CEL_SWIFT("end"),
  CEL_READ_FAILED CEL_SWIFT("failed"),  // errno says why
} cel_read_result;

typedef struct {
  const wchar_t *text;
  int32_t length;
  int32_t cursor;
} cel_line_view;

/// Keys that no terminal sends (C1 controls are dropped on input); deliver them with `cel_push` or from a
/// filter.
enum {
  CEL_KEY_ACCEPT = 0x80,       // submits the line whatever Enter is bound to
  CEL_KEY_ESCAPE = 0x81,       // the escape key by itself
  CEL_KEY_INTERRUPT = 0x82,    // Ctrl-C
  CEL_KEY_SEARCH_STEP = 0x83,  // runs CEL_SEARCH_STEP
};

/// Opens an editor on standard input and output, with the user's ~/.editrc; null if that can't be edited on
/// (memory, an editing mode that is off). The locale must have been set.
cel_editor *cel_open(const char *program, cel_callbacks callbacks);
void cel_close(cel_editor *editor);
bool cel_is_vi(const cel_editor *editor);

/// `prompt` is copied; \1 encloses what has no width and must be followed by a character that has.
void cel_set_prompt(cel_editor *editor, const wchar_t *prompt);
/// With `brackets_paste` the terminal is asked to say where pasted text begins and ends.
cel_read_result cel_read(cel_editor *editor, bool brackets_paste);

cel_line_view cel_line(cel_editor *editor);
void cel_move(cel_editor *editor, int32_t by);
void cel_delete_before(cel_editor *editor, int32_t count);
bool cel_insert(cel_editor *editor, const wchar_t *text);
/// Replaces all of the line and leaves the cursor at its end.
bool cel_replace(cel_editor *editor, const wchar_t *text);

/// Delivers `key` before anything else.
void cel_push(cel_editor *editor, wchar_t key);
/// The next key, for a command that reads its own, marks included; false at the end of input and on Ctrl-C.
bool cel_next_key(cel_editor *editor, wchar_t *key);
void cel_set_filter(cel_editor *editor, bool on);

/// Takes the window's new size over.
void cel_resize(cel_editor *editor);
/// Forgets what is on the screen and draws prompt and line from the cursor's row on.
void cel_redraw(cel_editor *editor);
/// Writes to the terminal, all of it.
void cel_write(const char *bytes, size_t count);

#endif
