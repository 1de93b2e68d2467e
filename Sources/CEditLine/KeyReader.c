// The key reader: bytes of the terminal → one wide character, between signals.

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "Editor.h"

enum {
  escape = 0x1b,
  escape_wait_ms = 30,  // a terminal sends the rest of an escape sequence at once; a finger does not
  lost_interrupts_limit = 3,
};

// Stops the process with the terminal in its own state, as a shell expects on Ctrl-Z.
static void stop(cel_editor *editor) {
  editor->callbacks.event(editor->callbacks.context, CEL_STOPPING);
  el_set(editor->editline, EL_PREP_TERM, 0);
  cel_signals_stop_process();
}

static void resume(cel_editor *editor) {
  el_set(editor->editline, EL_PREP_TERM, 0);  // libedit must not believe that raw mode is still on
  el_set(editor->editline, EL_PREP_TERM, 1);
  cel_signals_take();  // the SIGCONT that has just woken us, a resize while stopped: all is drawn anew
  editor->callbacks.event(editor->callbacks.context, CEL_RESUMED);
}

// Answers what came in by signal. False: reading must end.
static bool serve_signals(cel_editor *editor) {
  cel_signals_drain();
  cel_signal_state state = cel_signals_take();
  if (state.termination != 0) return false;
  if (state.stop_requested) stop(editor);
  if (state.stop_requested || state.continued) {
    resume(editor);
  } else if (state.window_changed) {
    editor->callbacks.event(editor->callbacks.context, CEL_RESIZED);
  }
  return true;
}

// Waits for a byte or a signal: 1 a byte (or the end) is there, 0 time is up or a signal came.
static int wait_for_input(int milliseconds) {
  struct pollfd inputs[2] = {
      {.fd = STDIN_FILENO, .events = POLLIN},
      {.fd = cel_signals_descriptor(), .events = POLLIN},  // poll skips -1
  };
  int ready = poll(inputs, 2, milliseconds);
  return ready > 0 && inputs[0].revents != 0;
}

// One byte: 1, 0 end of input, -1 failure, -2 a signal wants attention.
static int read_byte(unsigned char *byte) {
  for (;;) {
    // After Ctrl-C the terminal holds only what was typed after it, which is for the next line.
    if (!wait_for_input(-1) || cel_interrupt_requested()) return -2;
    ssize_t count = read(STDIN_FILENO, byte, 1);
    if (count >= 0) return (int)count;
    if (errno == EINTR) return -2;
    if (errno != EAGAIN) return -1;
  }
}

static int length_of_sequence(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

static wchar_t decode(const unsigned char *bytes, int length) {
  static const unsigned char payload[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
  static const wchar_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  wchar_t value = bytes[0] & payload[length];
  for (int i = 1; i < length; i++) value = (wchar_t)(value << 6 | (bytes[i] & 0x3f));
  bool is_valid = value >= least[length] && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
  return is_valid ? value : -1;
}

// Marks without width (harakat, joiners, bidirectional controls) are dropped: libedit gives each a column
// that the terminal doesn't, and names are compared without them anyway. So are NUL, the C1 controls and
// their relatives.
static bool is_editable(const cel_editor *editor, wchar_t key) {
  if (key < 0x80) return key > 0;
  return wcwidth(key) >= (editor->keeps_marks ? 0 : 1);
}

static int read_character(cel_editor *editor, wchar_t *key) {
  unsigned char bytes[4];
  int have = 0, need = 1;
  for (;;) {
    int count = read_byte(&bytes[have]);
    if (count == 0 || count == -1) return count;
    if (count == -2) {
      if (cel_interrupt_requested()) return -2;
      if (!serve_signals(editor)) {
        errno = ECANCELED;
        return -1;
      }
      continue;
    }
    if (have > 0 && (bytes[have] & 0xc0) != 0x80) {  // a broken sequence; this byte begins the next
      bytes[0] = bytes[have];
      have = 0;
    }
    if (have == 0) need = length_of_sequence(bytes[0]);
    if (need == 0) continue;
    if (++have < need) continue;
    have = 0;
    *key = decode(bytes, need);
    if (is_editable(editor, *key)) return 1;
  }
}

// In vi's insert mode escape ends inserting and also begins what arrow keys send; only time can tell.
static int settle_escape(cel_editor *editor, wchar_t *key) {
  if (*key != escape || !(editor->is_vi || editor->filters)) return 1;
  wchar_t next;
  if (!wait_for_input(escape_wait_ms)) {
    *key = CEL_KEY_ESCAPE;
    return 1;
  }
  int result = read_character(editor, &next);
  if (result != 1) return result;
  if (next != '[' && next != 'O') *key = CEL_KEY_ESCAPE;
  cel_push(editor, next);
  return 1;
}

// Ctrl-C is delivered as a key. It may fall into the middle of a sequence and be lost there; so it is
// delivered again until its command has run, and where that doesn't help reading fails with EINTR.
static int deliver_interrupt(cel_editor *editor, wchar_t *key) {
  editor->queued = 0;
  if (++editor->lost_interrupts > lost_interrupts_limit) {
    errno = EINTR;
    return -1;
  }
  *key = CEL_KEY_INTERRUPT;
  return 1;
}

static bool take_queued(cel_editor *editor, wchar_t *key) {
  if (editor->queued == 0) return false;
  *key = editor->queue[0];
  editor->queued--;
  for (int i = 0; i < editor->queued; i++) editor->queue[i] = editor->queue[i + 1];
  return true;
}

int cel_read_key(EditLine *editline, wchar_t *key) {
  cel_editor *editor = cel_editor_of(editline);
  if (editor == NULL) return 0;
  cel_line(editor);  // puts a cursor that vi's commands have left outside of the text back into it
  if (cel_interrupt_requested()) return deliver_interrupt(editor, key);
  if (take_queued(editor, key)) return 1;
  editor->callbacks.event(editor->callbacks.context, CEL_WAITING);
  int result = read_character(editor, key);
  editor->callbacks.event(editor->callbacks.context, CEL_ARRIVED);
  if (result == 1) result = settle_escape(editor, key);
  if (result == -2) return deliver_interrupt(editor, key);
  if (result == 1 && editor->filters) *key = editor->callbacks.filter(editor->callbacks.context, *key);
  return result;
}
