// The editor: opening, reading a line, and looking at and changing the line under a callback.

#include "Editor.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// In a locale of single bytes libedit drops what it can't express without a word.
static bool is_utf8(void) { return MB_CUR_MAX > 1 && strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

static bool locale_is_set;

static void set_locale(void) {
  static const char *const names[] = {"", "C.UTF-8", "C.utf8", "en_US.UTF-8"};
  for (size_t i = 0; i < sizeof names / sizeof *names && !locale_is_set; i++) {
    locale_is_set = setlocale(LC_CTYPE, names[i]) != NULL && is_utf8();
  }
}

bool cel_set_locale(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, set_locale);
  return locale_is_set;
}

int cel_columns(wchar_t character) { return wcwidth(character); }

cel_editor *cel_editor_of(EditLine *editline) {
  void *editor = NULL;
  return el_wget(editline, EL_CLIENTDATA, &editor) == 0 ? editor : NULL;
}

static wchar_t *prompt_of(EditLine *editline) {
  static wchar_t none[] = L"";
  cel_editor *editor = cel_editor_of(editline);
  return editor != NULL ? editor->prompt : none;
}

// libedit's view of the history. Its own store isn't used: it saves by truncating in place, loses what the
// locale can't express, and cuts the line being edited at 1024 characters when one walks through it.
static int history_step(void *context, HistEventW *entry, int operation, ...) {
  cel_editor *editor = context;
  cel_history_step step;
  switch (operation) {
    case H_FIRST: step = CEL_HISTORY_NEWEST; break;
    case H_LAST: step = CEL_HISTORY_OLDEST; break;
    case H_NEXT: step = CEL_HISTORY_OLDER; break;
    case H_PREV: step = CEL_HISTORY_NEWER; break;
    default: return -1;
  }
  entry->num = 0;
  entry->str = editor->callbacks.history(editor->callbacks.context, step);
  return entry->str != NULL ? 0 : -1;
}

static bool is_editing_on(EditLine *editline) {
  int is_on = 0;
  return el_wget(editline, EL_EDITMODE, &is_on) == 0 && is_on != 0;
}

// Inserting and deleting within a row, libedit loses count where that pushes text over the end of the row, and leaves
// on the screen what isn't in the line. Without these abilities it writes the rest of the row anew.
static void forgo_shifting(EditLine *editline) {
  static const wchar_t *const abilities[] = {L"ic", L"IC", L"im", L"ei", L"ip", L"dc", L"DC", L"dm", L"ed"};
  for (size_t i = 0; i < sizeof abilities / sizeof *abilities; i++) {
    el_wset(editline, EL_SETTC, abilities[i], L"", NULL);
  }
}

cel_editor *cel_open(const char *program, cel_callbacks callbacks) {
  cel_editor *editor = calloc(1, sizeof *editor);
  if (editor == NULL) return NULL;
  editor->callbacks = callbacks;
  fflush(stdout);
  EditLine *editline = el_init(program, stdin, stdout, stderr);
  if (editline == NULL) {
    free(editor);
    return NULL;
  }
  editor->editline = editline;
  el_wset(editline, EL_CLIENTDATA, editor);
  el_wset(editline, EL_SIGNAL, 0);
  el_wset(editline, EL_PROMPT_ESC, prompt_of, L'\1');
  el_wset(editline, EL_HIST, history_step, editor);
  el_wset(editline, EL_GETCFN, cel_read_key);
  // While a line is edited Ctrl-S is a key, and a pasted CR LF is one end of a line.
  el_wset(editline, EL_SETTY, L"-d", L"-ixon", L"-icrnl", L"-inlcr", NULL);
  forgo_shifting(editline);
  if (!cel_bind_keys(editor) || !is_editing_on(editline)) {
    cel_close(editor);
    return NULL;
  }
  return editor;
}

void cel_close(cel_editor *editor) {
  el_end(editor->editline);
  free(editor);
}

bool cel_is_vi(const cel_editor *editor) { return editor->is_vi; }

void cel_set_prompt(cel_editor *editor, const wchar_t *prompt) {
  wcsncpy(editor->prompt, prompt, prompt_capacity - 1);
  editor->prompt[prompt_capacity - 1] = L'\0';
}

static void bracket_paste(bool on) {
  const char *sequence = on ? "\033[?2004h" : "\033[?2004l";
  cel_write(sequence, strlen(sequence));
}

cel_read_result cel_read(cel_editor *editor, bool brackets_paste) {
  int count = 0;
  editor->queued = 0;
  editor->lost_interrupts = 0;
  editor->filters = false;
  cel_interrupt_clear();
  cel_signals_begin_reading();
  if (brackets_paste) bracket_paste(true);
  errno = 0;
  const wchar_t *text = el_wgets(editor->editline, &count);
  int reason = errno;
  if (brackets_paste) bracket_paste(false);
  cel_signals_end_reading();  // does not return after SIGTERM, unless that is handled elsewhere
  errno = reason;
  if (text != NULL) return CEL_READ_LINE;
  if (count == 0 || reason == EIO) return CEL_READ_END;  // EIO: the terminal is gone
  if (cel_interrupt_requested()) {
    cel_interrupt_clear();
    return CEL_READ_INTERRUPTED;
  }
  return CEL_READ_FAILED;
}

// In vi mode libedit can leave the cursor before the text it has emptied; it is put back before anybody
// uses it.
cel_line_view cel_line(cel_editor *editor) {
  const LineInfoW *line = el_wline(editor->editline);
  if (line->cursor < line->buffer) el_cursor(editor->editline, (int)(line->buffer - line->cursor));
  line = el_wline(editor->editline);
  if (line->cursor > line->lastchar) el_cursor(editor->editline, (int)(line->lastchar - line->cursor));
  line = el_wline(editor->editline);
  return (cel_line_view){
      .text = line->buffer,
      .length = (int32_t)(line->lastchar - line->buffer),
      .cursor = (int32_t)(line->cursor - line->buffer),
  };
}

// libedit adds before it compares, so the target is clamped here to stay within the buffer.
void cel_move(cel_editor *editor, int32_t by) {
  cel_line_view line = cel_line(editor);
  if (by < -line.cursor) by = -line.cursor;
  if (by > line.length - line.cursor) by = line.length - line.cursor;
  el_cursor(editor->editline, by);
}

void cel_delete_before(cel_editor *editor, int32_t count) {
  cel_line_view line = cel_line(editor);
  el_deletestr(editor->editline, count > line.cursor ? line.cursor : count);
}

bool cel_insert(cel_editor *editor, const wchar_t *text) {
  return text[0] == L'\0' || el_winsertstr(editor->editline, text) == 0;
}

bool cel_replace(cel_editor *editor, const wchar_t *text) {
  bool done = true;
  if (text[0] == L'\0') {
    cel_move(editor, cel_line(editor).length);
    cel_delete_before(editor, cel_line(editor).length);
  } else {
    done = el_wreplacestr(editor->editline, text) == 0;
  }
  cel_move(editor, cel_line(editor).length);
  return done;
}

void cel_push(cel_editor *editor, wchar_t key) {
  if (editor->queued == queue_capacity) return;
  for (int i = editor->queued; i > 0; i--) editor->queue[i] = editor->queue[i - 1];
  editor->queue[0] = key;
  editor->queued++;
}

bool cel_next_key(cel_editor *editor, wchar_t *key) {
  editor->keeps_marks = true;
  int result = el_wgetc(editor->editline, key);
  editor->keeps_marks = false;
  return result == 1 && *key != CEL_KEY_INTERRUPT;
}

void cel_set_filter(cel_editor *editor, bool on) { editor->filters = on; }

void cel_resize(cel_editor *editor) { el_resize(editor->editline); }

void cel_redraw(cel_editor *editor) { el_wset(editor->editline, EL_REFRESH); }

void cel_write(const char *bytes, size_t count) {
  fflush(stdout);
  while (count > 0) {
    ssize_t written = write(STDOUT_FILENO, bytes, count);
    if (written < 0 && errno != EINTR) return;
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    }
  }
}
