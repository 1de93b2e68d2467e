// Signals: handlers that set a flag and wake the poll in the key reader through a pipe; the pipe closes
// the gap between looking at the flags and falling asleep, also when another thread is the one that gets
// the signal.

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "Editor.h"

static atomic_bool interrupt_requested;
static atomic_bool window_changed;
static atomic_bool stop_requested;
static atomic_bool continued;
static atomic_int termination;
static atomic_int wake_input = -1;
static int wake_output = -1;

static void on_signal(int number) {
  int saved = errno;
  switch (number) {
    case SIGINT: atomic_store(&interrupt_requested, true); break;
    case SIGWINCH: atomic_store(&window_changed, true); break;
    case SIGTSTP: atomic_store(&stop_requested, true); break;
    case SIGCONT: atomic_store(&continued, true); break;
    default: atomic_store(&termination, number); break;
  }
  int descriptor = atomic_load(&wake_input);
  if (descriptor >= 0) {
    ssize_t ignored = write(descriptor, "", 1);
    (void)ignored;
  }
  errno = saved;
}

static void handle(int number, struct sigaction *former) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_signal;  // no SA_RESTART: a read must end with EINTR
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, former);
}

static void open_wake_pipe(void) {
  int ends[2];
  if (wake_output >= 0 || pipe(ends) != 0) return;
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
  wake_output = ends[0];
  atomic_store(&wake_input, ends[1]);
}

void cel_signals_install(void) {
  open_wake_pipe();
  handle(SIGINT, NULL);
}

bool cel_interrupt_requested(void) {
  return atomic_load_explicit(&interrupt_requested, memory_order_relaxed);
}

void cel_interrupt_clear(void) { atomic_store(&interrupt_requested, false); }

// A signal that was ignored when we were started (nohup) stays ignored.
static const int reading_signals[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGQUIT};
enum { reading_count = sizeof reading_signals / sizeof *reading_signals };
static struct sigaction former_actions[reading_count];

void cel_signals_begin_reading(void) {
  cel_signals_install();
  atomic_store(&termination, 0);
  for (int i = 0; i < reading_count; i++) {
    handle(reading_signals[i], &former_actions[i]);
    if (former_actions[i].sa_handler == SIG_IGN) sigaction(reading_signals[i], &former_actions[i], NULL);
  }
}

void cel_signals_end_reading(void) {
  for (int i = 0; i < reading_count; i++) sigaction(reading_signals[i], &former_actions[i], NULL);
  cel_signals_take();
  cel_signals_drain();
  int number = atomic_exchange(&termination, 0);
  if (number != 0) raise(number);
}

cel_signal_state cel_signals_take(void) {
  cel_signal_state state;
  state.window_changed = atomic_exchange(&window_changed, false);
  state.stop_requested = atomic_exchange(&stop_requested, false);
  state.continued = atomic_exchange(&continued, false);
  state.termination = atomic_load(&termination);
  return state;
}

void cel_signals_stop_process(void) {
  struct sigaction action, former;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  sigaction(SIGTSTP, &action, &former);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &former, NULL);
}

int cel_signals_descriptor(void) { return wake_output; }

void cel_signals_drain(void) {
  char bytes[64];
  while (wake_output >= 0 && read(wake_output, bytes, sizeof bytes) > 0) {
  }
}
