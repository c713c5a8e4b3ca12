// Task<T>: a lazily started coroutine with symmetric transfer. Every task knows its home executor: it inherits it from
// whoever awaits it, and what other threads finish comes back to that executor, so a call runs on one thread from its
// first byte to its last.
#ifndef JIEBANG_COMMON_ASYNC_TASK_H_
#define JIEBANG_COMMON_ASYNC_TASK_H_

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "common/async/executor.h"

namespace jiebang {

template <class T>
class Task;

namespace internal {

struct PromiseBase {
  Executor* home = nullptr;
  std::coroutine_handle<> continuation = std::noop_coroutine();

  struct FinalAwaiter {
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> finished) const noexcept {
      return finished.promise().continuation;
    }
    void await_resume() const noexcept {}
  };

  std::suspend_always initial_suspend() const noexcept { return {}; }
  FinalAwaiter final_suspend() const noexcept { return {}; }
  // Our functions do not throw (errors are absl::Status); what a library throws past us is a broken invariant.
  [[noreturn]] void unhandled_exception() const noexcept { std::terminate(); }
};

template <class T>
struct Promise : PromiseBase {
  std::optional<T> value;

  Task<T> get_return_object();
  template <class U>
  requires std::is_convertible_v<U&&, T>
  void return_value(U&& result) { value.emplace(std::forward<U>(result)); }
  T Take() { return *std::move(value); }
};

template <>
struct Promise<void> : PromiseBase {
  Task<void> get_return_object();
  void return_void() const noexcept {}
  void Take() const noexcept {}
};

}  // namespace internal

// Owns its coroutine frame. Started by `co_await` (once) or by Spawn; destroying a task that never started is fine,
// destroying one that is suspended in the middle is not (somebody still holds its handle).
template <class T>
class [[nodiscard]] Task {
 public:
  using promise_type = internal::Promise<T>;
  using Handle = std::coroutine_handle<promise_type>;

  explicit Task(Handle handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&&) = delete;
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  ~Task() {
    if (handle_) handle_.destroy();
  }

  bool await_ready() const noexcept { return false; }
  template <class ParentPromise>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<ParentPromise> parent) noexcept {
    handle_.promise().home = parent.promise().home;
    handle_.promise().continuation = parent;
    return handle_;
  }
  T await_resume() { return handle_.promise().Take(); }

 private:
  Handle handle_;
};

namespace internal {

template <class T>
Task<T> Promise<T>::get_return_object() {
  return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> Promise<void>::get_return_object() {
  return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

// A coroutine that nobody awaits: it destroys itself at its end.
struct Detached {
  struct promise_type {
    Executor* home = nullptr;

    template <class... Args>
    explicit promise_type(Executor& executor, Args&&...) : home(&executor) {
      home->TaskStarted();
    }
    ~promise_type() { home->TaskEnded(); }
    Detached get_return_object() const noexcept { return {}; }
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    [[noreturn]] void unhandled_exception() const noexcept { std::terminate(); }
  };
};

inline Detached RunDetached(Executor& /*home*/, Task<void> task) { co_await std::move(task); }

}  // namespace internal

// Starts `task` with `home` as its executor, on the calling thread, which must be `home`'s own or one that started
// before it.
inline void Spawn(Executor& home, Task<void> task) { internal::RunDetached(home, std::move(task)); }

// Resumes a coroutine that waits in Suspend<T>, from any thread, once: it continues on its home executor.
template <class T>
class Resume {
 public:
  struct Waiter {
    std::optional<T> value;
    std::coroutine_handle<> handle;
    Executor* home = nullptr;
  };

  explicit Resume(Waiter* waiter) : waiter_(waiter) {}
  Resume(Resume&& other) noexcept : waiter_(std::exchange(other.waiter_, nullptr)) {}
  Resume& operator=(Resume&& other) noexcept {
    waiter_ = std::exchange(other.waiter_, nullptr);
    return *this;
  }

  void operator()(T value) {
    Waiter* const waiter = std::exchange(waiter_, nullptr);
    waiter->value.emplace(std::move(value));
    waiter->home->Post([handle = waiter->handle] { handle.resume(); });
  }

  // The executor that the waiter comes back to. Valid before the call operator.
  Executor& home() const { return *waiter_->home; }

 private:
  Waiter* waiter_;
};

// `co_await Suspend<T>([&](Resume<T> resume) { ... })` hands `resume` to somebody who will call it exactly once, from
// any thread.
template <class T, class Start>
class SuspendAwaiter {
 public:
  explicit SuspendAwaiter(Start start) : start_(std::move(start)) {}
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> handle) {
    waiter_.handle = handle;
    waiter_.home = handle.promise().home;
    // `this` may be gone as soon as start_ has handed the waiter over, so start_ runs from the stack.
    Start start = std::move(start_);
    start(Resume<T>(&waiter_));
  }
  T await_resume() { return *std::move(waiter_.value); }

 private:
  Start start_;
  typename Resume<T>::Waiter waiter_;
};

template <class T, class Start>
SuspendAwaiter<T, Start> Suspend(Start start) {
  return SuspendAwaiter<T, Start>(std::move(start));
}

// `co_await Home()` gives the executor that the coroutine runs on, without suspending.
class HomeAwaiter {
 public:
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> handle) noexcept {
    home_ = handle.promise().home;
    return false;
  }
  Executor& await_resume() const noexcept { return *home_; }

 private:
  Executor* home_ = nullptr;
};
inline HomeAwaiter Home() { return {}; }

// `co_await Sleep(d)` comes back after `d`, or at once when the executor stops.
inline auto Sleep(absl::Duration delay) {
  return Suspend<bool>([delay](Resume<bool> resume) {
    Executor& home = resume.home();
    home.PostAfter(delay, [resume = std::move(resume)]() mutable { resume(true); });
  });
}

}  // namespace jiebang

#endif  // JIEBANG_COMMON_ASYNC_TASK_H_
