// Which key does what.
//
// The user's ~/.editrc has the last word and also the first: it is read whole before our keys are bound,
// because `bind -v` and `bind -e` in it wipe all bindings, and its other `bind` lines are applied once
// more after ours.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "Editor.h"

static unsigned char run(EditLine *editline, cel_command command) {
  cel_editor *editor = cel_editor_of(editline);
  if (editor == NULL) return CEL_BEEP;
  if (command == CEL_INTERRUPT) {
    editor->lost_interrupts = 0;
    cel_interrupt_clear();
  }
  return (unsigned char)editor->callbacks.command(editor->callbacks.context, command);
}

// libedit passes no context to a command, so each needs a function of its own.
#define COMMANDS(X) \
  X(CEL_ENTER, enter, "submit the statement, or begin its next line") \
  X(CEL_NEWLINE, newline, "begin the statement's next line") \
  X(CEL_COMPLETE, complete, "complete the word before the cursor") \
  X(CEL_UP, up, "the line above, or the statement before") \
  X(CEL_DOWN, down, "the line below, or the statement after") \
  X(CEL_OLDER, older, "the statement before") \
  X(CEL_NEWER, newer, "the statement after") \
  X(CEL_LEFT, left, "one character left") \
  X(CEL_RIGHT, right, "one character right") \
  X(CEL_HOME, home, "the beginning of the line") \
  X(CEL_END, end, "the end of the line") \
  X(CEL_BACKSPACE, backspace, "delete the character before the cursor") \
  X(CEL_DELETE, delete, "delete the character under the cursor") \
  X(CEL_END_OF_INPUT, end_of_input, "delete under the cursor; on an empty line end the input") \
  X(CEL_PASTE, paste, "insert what the terminal pastes") \
  X(CEL_SEARCH, search, "search the history as you type") \
  X(CEL_SEARCH_STEP, search_step, "show what the search has found") \
  X(CEL_INTERRUPT, interrupt, "drop the statement") \
  X(CEL_CHANGE_CASE, change_case, "change the case of the character under the cursor") \
  X(CEL_IGNORE, ignore, "do nothing")

#define DEFINE(command, name, help) \
  static unsigned char run_##name(EditLine *editline, int key) { \
    (void)key; \
    return run(editline, command); \
  }
COMMANDS(DEFINE)

#define ADD(command, name, help) \
  if (el_wset(editline, EL_ADDFN, L"khabar-" L## #name, L"" help, run_##name) != 0) return false;
static bool add_commands(EditLine *editline) {
  COMMANDS(ADD)
  return true;
}

typedef struct {
  const wchar_t *key, *command;
} binding;

static const binding common_bindings[] = {
    {L"\\200", L"ed-newline"},
    {L"\\202", L"khabar-interrupt"},
    {L"\\203", L"khabar-search_step"},
    {L"^J", L"khabar-enter"},
    {L"^M", L"khabar-enter"},
    {L"^D", L"khabar-end_of_input"},
    {L"^P", L"khabar-older"},
    {L"^N", L"khabar-newer"},
    {L"^R", L"khabar-search"},
    {L"\\e[200~", L"khabar-paste"},
    {L"\\e[A", L"khabar-up"},
    {L"\\eOA", L"khabar-up"},
    {L"\\e[B", L"khabar-down"},
    {L"\\eOB", L"khabar-down"},
    {L"\\e[C", L"khabar-right"},
    {L"\\eOC", L"khabar-right"},
    {L"\\e[D", L"khabar-left"},
    {L"\\eOD", L"khabar-left"},
    {L"\\e[H", L"khabar-home"},
    {L"\\eOH", L"khabar-home"},
    {L"\\e[1~", L"khabar-home"},
    {L"\\e[7~", L"khabar-home"},
    {L"\\e[F", L"khabar-end"},
    {L"\\eOF", L"khabar-end"},
    {L"\\e[4~", L"khabar-end"},
    {L"\\e[8~", L"khabar-end"},
    {L"\\e[3~", L"khabar-delete"},
    {L"\\e[5~", L"khabar-older"},
    {L"\\e[6~", L"khabar-newer"},
    // With control and with alt; the third pair is rxvt's.
    {L"\\e[1;5C", L"em-next-word"},
    {L"\\e[1;5D", L"ed-prev-word"},
    {L"\\e[1;3C", L"em-next-word"},
    {L"\\e[1;3D", L"ed-prev-word"},
    {L"\\eOc", L"em-next-word"},
    {L"\\eOd", L"ed-prev-word"},
    {L"\\e[3;5~", L"em-delete-next-word"},
    {L"\\e[3;3~", L"em-delete-next-word"},
};

// Keys without a meaning here whose tails would otherwise end up in the text.
static const wchar_t *const ignored_keys[] = {
    L"\\e[2~", L"\\e[15~", L"\\e[17~", L"\\e[18~", L"\\e[19~", L"\\e[20~", L"\\e[21~", L"\\e[23~", L"\\e[24~",
    L"\\e[11~", L"\\e[12~", L"\\e[13~", L"\\e[14~", L"\\eOP", L"\\eOQ", L"\\eOR", L"\\eOS", L"\\e[[A",
    L"\\e[[B", L"\\e[[C", L"\\e[[D", L"\\e[[E", L"\\e[I", L"\\e[O", L"\\e[Z", L"\\e[201~", L"\\e[E",
    L"\\e[1;2A", L"\\e[1;2B", L"\\e[1;2C", L"\\e[1;2D", L"\\e[1;5A", L"\\e[1;5B", L"\\e[1;3A", L"\\e[1;3B",
    L"\\e[1;6A", L"\\e[1;6B", L"\\e[1;6C", L"\\e[1;6D", L"\\e[1;5H", L"\\e[1;5F", L"\\e[1;2H", L"\\e[1;2F",
    L"\\e[3;2~", L"\\e[5;5~", L"\\e[6;5~", L"\\e[5;2~", L"\\e[6;2~",
};

static const binding insert_bindings[] = {
    {L"^I", L"khabar-complete"},
    {L"^?", L"khabar-backspace"},
    {L"^H", L"khabar-backspace"},
    {L"^S", L"khabar-search"},
};

static const binding emacs_bindings[] = {
    {L"^A", L"khabar-home"},
    {L"^E", L"khabar-end"},
    {L"^B", L"khabar-left"},
    {L"^F", L"khabar-right"},
    {L"^W", L"ed-delete-prev-word"},
    {L"\\e^J", L"khabar-newline"},
    {L"\\e^M", L"khabar-newline"},
    // libedit's prompt for its own commands, which crashes on an open quote.
    {L"\\ex", L"khabar-ignore"},
    {L"\\eX", L"khabar-ignore"},
};

static const binding vi_command_bindings[] = {
    {L"k", L"khabar-up"},
    {L"j", L"khabar-down"},
    {L"\\055", L"khabar-older"},
    {L"+", L"khabar-newer"},
    {L"/", L"khabar-search"},
    {L"?", L"khabar-search"},
    {L":", L"khabar-ignore"},
    // libedit's read before the buffer when there are fewer words than their count says.
    {L"b", L"ed-prev-word"},
    {L"B", L"ed-prev-word"},
    // libedit's redo runs keys that the reader, which keeps the cursor within the text, doesn't see; its editing in
    // vi leaves the terminal to another process.
    {L".", L"khabar-ignore"},
    {L"v", L"khabar-ignore"},
    {L"~", L"khabar-change_case"},  // libedit's reads before its buffer on an empty line
    {L"\\201", L"vi-command-mode"},
};

static void bind(EditLine *editline, binding one, bool in_command_map) {
  if (in_command_map) {
    el_wset(editline, EL_BIND, L"-a", one.key, one.command, NULL);
  } else {
    el_wset(editline, EL_BIND, one.key, one.command, NULL);
  }
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void bind_ours(cel_editor *editor) {
  EditLine *editline = editor->editline;
  for (size_t i = 0; i < COUNT(ignored_keys); i++) {
    binding ignored = {ignored_keys[i], L"khabar-ignore"};
    bind(editline, ignored, false);
  }
  for (size_t i = 0; i < COUNT(common_bindings); i++) {
    bind(editline, common_bindings[i], false);
    if (editor->is_vi) bind(editline, common_bindings[i], true);
  }
  for (size_t i = 0; i < COUNT(insert_bindings); i++) bind(editline, insert_bindings[i], false);
  if (editor->is_vi) {
    bind(editline, (binding){L"\\201", L"vi-command-mode"}, false);
    for (size_t i = 0; i < COUNT(vi_command_bindings); i++) bind(editline, vi_command_bindings[i], true);
  } else {
    bind(editline, (binding){L"\\201", L"khabar-ignore"}, false);
    for (size_t i = 0; i < COUNT(emacs_bindings); i++) bind(editline, emacs_bindings[i], false);
  }
}

// True for `bind KEY …` and `khabar:bind KEY …`; not for `bind -v`, `bind -e`, which wipe, nor for those
// that list.
static bool binds_a_key(int count, const wchar_t **words) {
  if (count < 3) return false;
  const wchar_t *colon = wcschr(words[0], L':');
  if (wcscmp(colon != NULL ? colon + 1 : words[0], L"bind") != 0) return false;
  for (int i = 1; i < count && words[i][0] == L'-'; i++) {
    if (wcspbrk(words[i], L"vel") != NULL) return false;
  }
  return true;
}

// libedit's own searches: the incremental one reads beyond its buffer and hears no Ctrl-C, vi's is one that only some
// keys would have. A key that is bound to them gets ours.
static const wchar_t *safe_command(const wchar_t *command) {
  bool searches = wcsncmp(command, L"em-inc-search-", 14) == 0 || wcsncmp(command, L"vi-search-", 10) == 0;
  return searches ? L"khabar-search" : command;
}

static void apply_line(EditLine *editline, TokenizerW *tokenizer, const char *line, bool only_keys) {
  wchar_t text[1024];
  int count = 0;
  const wchar_t **words = NULL;
  size_t length = mbstowcs(text, line, COUNT(text));
  if (length == (size_t)-1 || length >= COUNT(text)) return;
  wchar_t *start = text;
  while (iswspace((wint_t)*start)) start++;
  if (*start == L'#') return;
  tok_wreset(tokenizer);
  if (tok_wstr(tokenizer, start, &count, &words) != 0 || count == 0) return;
  bool is_key = binds_a_key(count, words);
  if (is_key) words[count - 1] = safe_command(words[count - 1]);
  if (!only_keys || is_key) el_wparse(editline, count, words);
}

// The file that libedit reads: $EDITRC, else ~/.editrc.
static FILE *open_editrc(void) {
  const char *path = secure_getenv("EDITRC");
  if (path != NULL) return fopen(path, "r");
  const char *home = secure_getenv("HOME");
  if (home == NULL) return NULL;
  char buffer[4096];
  int length = snprintf(buffer, sizeof buffer, "%s/.editrc", home);
  return length > 0 && (size_t)length < sizeof buffer ? fopen(buffer, "r") : NULL;
}

// What el_source does; that crashes on a line with a quote left open.
static void apply_editrc(EditLine *editline, bool only_keys) {
  FILE *file = open_editrc();
  if (file == NULL) return;
  TokenizerW *tokenizer = tok_winit(NULL);
  char *line = NULL;
  size_t capacity = 0;
  ssize_t length;
  while (tokenizer != NULL && (length = getline(&line, &capacity, file)) > 0) {
    if (line[length - 1] == '\n') line[length - 1] = '\0';
    apply_line(editline, tokenizer, line, only_keys);
  }
  free(line);
  if (tokenizer != NULL) tok_wend(tokenizer);
  fclose(file);
}

bool cel_bind_keys(cel_editor *editor) {
  EditLine *editline = editor->editline;
  if (!add_commands(editline)) return false;
  el_wset(editline, EL_EDITOR, L"emacs");
  apply_editrc(editline, false);
  const wchar_t *mode = NULL;
  editor->is_vi = el_wget(editline, EL_EDITOR, &mode) == 0 && mode != NULL && wcscmp(mode, L"vi") == 0;
  bind_ours(editor);
  apply_editrc(editline, true);
  return true;
}
