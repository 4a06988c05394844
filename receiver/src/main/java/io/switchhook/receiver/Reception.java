package io.switchhook.receiver;

import io.switchhook.calllog.ReadResult.Malformed;
import io.switchhook.receiver.Proof.Lack;

/** What came of a request, and what to answer to it. */
public sealed interface Reception {
  /** The status to answer with. */
  int status();

  /** Something happened: here it is. */
  record Told(Message message, Marks marks, Continuity continuity) implements Reception {
    @Override
    public int status() {
      return 200;
    }

    /** What a repeat of it is known by; empty when the sender gives nothing. */
    String key() {
      if (marks.webhookId() != null) {
        return marks.webhookId();
      }
      return message instanceof Message.Event(var envelope, _, _)
              && envelope.eventId().length() <= Marks.ID_LENGTH_MAX
          ? envelope.eventId()
          : "";
    }
  }

  /** It was told before and worked on: there is nothing to do. */
  record Repeat(Message message, Marks marks) implements Reception {
    @Override
    public int status() {
      return 200;
    }
  }

  /** It came a second time while the first is being worked on: the sender asks again later. */
  record InWork(Message message, Marks marks) implements Reception {
    @Override
    public int status() {
      return 409;
    }
  }

  /** It was told, but working on it failed: the sender will tell it again. */
  record Failed(Told told, RuntimeException cause) implements Reception {
    @Override
    public int status() {
      return 500;
    }
  }

  /**
   * It does not prove who sent it.
   *
   * @param lack for your log; the sender is not told
   */
  record Unproven(Lack lack) implements Reception {
    @Override
    public int status() {
      return 401;
    }
  }

  /** Neither a call log nor an event, and why. */
  record Unreadable(Malformed reason) implements Reception {
    @Override
    public int status() {
      return 400;
    }
  }

  /** Neither GET nor POST. */
  record WrongMethod(String method) implements Reception {
    @Override
    public int status() {
      return 405;
    }
  }

  /** Larger than any request with a call log. */
  record TooLarge(int sizeBytes) implements Reception {
    @Override
    public int status() {
      return 413;
    }
  }

  /** What to answer with it, in words for the sender's log. */
  default String answer() {
    return switch (this) {
      case Told _, Repeat _ -> "OK";
      case InWork _ -> "This event is being worked on.";
      case Failed _ -> "This event could not be worked on.";
      case Unproven _ -> "This request does not prove who sent it.";
      case Unreadable(var reason) -> reason.sentence();
      case WrongMethod _ -> "Send a GET or a POST.";
      case TooLarge _ -> "At most " + WebhookReceiver.BODY_BYTES_MAX + " bytes.";
    };
  }
}
