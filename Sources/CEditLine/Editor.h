// What the shim's own files share.

#ifndef CEDITLINE_EDITOR_H
#define CEDITLINE_EDITOR_H

#if !__has_include(<histedit.h>)
#error "histedit.h not found: install libedit's headers (Debian, Ubuntu: apt-get install libedit-dev)"
#endif

#include <histedit.h>

#include "CEditLine.h"

enum { queue_capacity = 16, prompt_capacity = 1024 };

struct cel_editor {
  EditLine *editline;
  cel_callbacks callbacks;
  bool is_vi;
  bool filters;
  bool keeps_marks;
  int lost_interrupts;  // how often Ctrl-C was delivered without its command being run
  int queued;
  wchar_t queue[queue_capacity];  // keys delivered before the terminal's
  wchar_t prompt[prompt_capacity];
};

// KeyReader.c: what libedit calls for the next key: 1 and the key, 0 at the end of input, -1 on failure.
int cel_read_key(EditLine *editline, wchar_t *key);

// KeyBindings.c
bool cel_bind_keys(cel_editor *editor);
cel_editor *cel_editor_of(EditLine *editline);

// Signals.c
typedef struct {
  bool window_changed, stop_requested, continued;
  int termination;  // SIGTERM, SIGHUP or SIGQUIT; 0: none
} cel_signal_state;

// While a line is read, signals that would leave the terminal in raw mode set flags instead.
void cel_signals_begin_reading(void);
// Puts the former handlers back and, if one of those signals came meanwhile, raises it again.
void cel_signals_end_reading(void);
// What came since the last call, except SIGINT, which has its own flag, and terminations, which stay.
cel_signal_state cel_signals_take(void);
// Stops the process as Ctrl-Z does; returns when it goes on.
void cel_signals_stop_process(void);
// Readable as soon as a signal has come; -1 if there is no such descriptor.
int cel_signals_descriptor(void);
void cel_signals_drain(void);

#endif
