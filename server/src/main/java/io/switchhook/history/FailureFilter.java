package io.switchhook.history;

/** Narrows a search to what failed in some way. */
public sealed interface FailureFilter {
  /** True for a failure of this way. */
  boolean fits(Failure failure);

  /** Whatever it was. */
  record Any() implements FailureFilter {
    @Override
    public boolean fits(Failure failure) {
      return true;
    }
  }

  /** The very same words. */
  record Words(String words) implements FailureFilter {
    @Override
    public boolean fits(Failure failure) {
      return failure.words().equals(words);
    }
  }

  /** An answer with a status from one number to another, both included. */
  record Status(int min, int max) implements FailureFilter {
    @Override
    public boolean fits(Failure failure) {
      var status = failure.status();
      return status != null && status >= min && status <= max;
    }
  }

  /** It was tried, and no status line came. */
  record NoAnswer() implements FailureFilter {
    @Override
    public boolean fits(Failure failure) {
      return failure.status() == null && !failure.words().isEmpty();
    }
  }
}
