// An optional value on the heap, for what a record seldom has: it takes the room of a pointer where it is not there. Copied with its value.
#pragma once

#include <memory>
#include <utility>

namespace dossier::tmf {

template <class T> class Boxed {
public:
    Boxed() = default;
    Boxed(T value) : held_(std::make_unique<T>(std::move(value))) {} // implicit, as std::optional
    Boxed(const Boxed& other) : held_(other.held_ ? std::make_unique<T>(*other.held_) : nullptr) {}
    Boxed(Boxed&&) noexcept = default;
    Boxed& operator=(Boxed other) noexcept {
        held_ = std::move(other.held_);
        return *this;
    }
    ~Boxed() = default;

    explicit operator bool() const { return held_ != nullptr; }
    bool has_value() const { return held_ != nullptr; }
    void reset() { held_.reset(); }
    T& operator*() { return *held_; }
    const T& operator*() const { return *held_; }
    T* operator->() { return held_.get(); }
    const T* operator->() const { return held_.get(); }

private:
    std::unique_ptr<T> held_;
};

} // namespace dossier::tmf
