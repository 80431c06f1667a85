#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

/// Threads that wait for batches of independent jobs.
namespace agon::football {

class WorkCrew {
 public:
  /// `threads` includes the caller's; less than 2 starts none.
  explicit WorkCrew(int threads) {
    for (int i = 1; i < threads; i++) threads_.emplace_back([this] { serve(); });
  }
  WorkCrew(const WorkCrew&) = delete;
  WorkCrew& operator=(const WorkCrew&) = delete;
  ~WorkCrew() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      closing_ = true;
    }
    called_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  /// Calls job(i) once for each i < count, on any thread in any order, and returns when all are done. One caller at a
  /// time. Jobs must neither throw nor depend on one another.
  template <class Job>
  void run(std::size_t count, const Job& job) {
    if (threads_.empty() || count < 2) {
      for (std::size_t i = 0; i < count; i++) job(i);
      return;
    }
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      call_ = [](const void* with, std::size_t i) { (*static_cast<const Job*>(with))(i); };
      job_ = &job;
      count_ = count;
      next_.store(0, std::memory_order_relaxed);
      busy_ = threads_.size();
      round_++;
    }
    called_.notify_all();
    work();
    std::unique_lock<std::mutex> lock(mutex_);
    finished_.wait(lock, [this] { return busy_ == 0; });
  }

 private:
  void work() {
    for (std::size_t i = next_.fetch_add(1); i < count_; i = next_.fetch_add(1)) call_(job_, i);
  }

  void serve() {
    std::size_t seen = 0;
    while (true) {
      {
        std::unique_lock<std::mutex> lock(mutex_);
        called_.wait(lock, [&] { return closing_ || round_ != seen; });
        if (closing_) return;
        seen = round_;
      }
      work();
      const std::lock_guard<std::mutex> lock(mutex_);
      if (--busy_ == 0) finished_.notify_one();
    }
  }

  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable called_, finished_;
  void (*call_)(const void*, std::size_t) = nullptr;
  const void* job_ = nullptr;
  std::size_t count_ = 0, busy_ = 0, round_ = 0;
  std::atomic<std::size_t> next_{0};
  bool closing_ = false;
};

}  // namespace agon::football
