package io.switchhook.target.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/*
 * A connection serves one exchange after the other. What it reads belongs to the exchange that it
 * serves at that moment, so it is given back only when all that has been read is taken apart and
 * nothing is left over: a receiver that says more than it was asked must not answer a request that
 * it has not seen. That is why an answer ends in channelReadComplete and not with its last piece.
 */
/** One connection to an address. */
final class Connection extends ChannelInboundHandlerAdapter {
  static final int CONNECT_MILLIS_MAX = 5_000;
  private static final int STATUS_LINE_BYTES_MAX = 4 * 1024;
  private static final int HEADER_BYTES_MAX = 32 * 1024;
  private static final int INFORMATIONAL_MAX = 100;
  private static final long KEPT_NANOS_MAX = TimeUnit.SECONDS.toNanos(15);

  private final Pool pool;
  private final AnswerDecoder decoder = new AnswerDecoder();
  private @Nullable Channel channel;
  private @Nullable Exchange user;
  private boolean isGone;
  private boolean isUsedBefore;
  private boolean isInformational;
  private boolean isAnswerOver;
  private boolean saidTooMuch;
  private int informationalCount;
  private long keptNanos;
  private long idleUntilNanos;

  /** Not open yet; {@code first} hears whether it came to be. */
  Connection(Pool pool, Exchange first) {
    this.pool = pool;
    this.user = first;
  }

  /** Begins to connect, at once or when TLS is ready. */
  void open() {
    if (!pool.key().isTls()) {
      open(null);
      return;
    }
    var tls = pool.loop().tls().context();
    if (tls.isDone() && !tls.isCompletedExceptionally()) {
      open(tls.join());
      return;
    }
    var _ =
        tls.whenComplete(
            (context, failure) ->
                pool.loop()
                    .run(
                        () -> {
                          if (failure == null) {
                            open(context);
                          } else {
                            lose(failure);
                          }
                        }));
  }

  private void open(@Nullable SslContext tls) {
    if (isGone) {
      return;
    }
    try {
      var made = pool.loop().newChannel();
      made.config().setConnectTimeoutMillis(CONNECT_MILLIS_MAX);
      var handshake = tls == null ? null : addTls(made, tls);
      made.pipeline().addLast(decoder, this);
      channel = made;
      pool.loop()
          .eventLoop()
          .register(made)
          .addListener(
              registered -> {
                if (registered.isSuccess()) {
                  connect(made, handshake);
                } else {
                  lose(registered.cause());
                }
              });
    } catch (ChannelException e) {
      // Too many files are open, for example. Told later: the next in line would fail within this.
      pool.loop().eventLoop().execute(() -> lose(e));
    }
  }

  private SslHandler addTls(Channel made, SslContext tls) {
    var key = pool.key();
    var handler = tls.newHandler(made.alloc(), key.tlsHost(), key.port());
    handler.setHandshakeTimeoutMillis(CONNECT_MILLIS_MAX);
    made.pipeline().addLast(handler);
    return handler;
  }

  private void connect(Channel made, @Nullable SslHandler tls) {
    made.connect(pool.key().socketAddress())
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                lose(connected.cause());
              } else if (tls == null) {
                onOpen();
              } else {
                tls.handshakeFuture()
                    .addListener(
                        secured -> {
                          if (secured.isSuccess()) {
                            onOpen();
                          } else {
                            lose(secured.cause());
                          }
                        });
              }
            });
  }

  private void onOpen() {
    var first = user;
    if (!isGone && first != null) {
      first.onConnected(this);
    }
  }

  /** True when a request has been sent on it before. */
  boolean isUsedBefore() {
    return isUsedBefore;
  }

  /** Where the bytes of a request come from. */
  ByteBufAllocator allocator() {
    return channel == null ? ByteBufAllocator.DEFAULT : channel.alloc();
  }

  /** Sends a whole request and reads its answer. */
  void send(ByteBuf request, Exchange exchange) {
    user = exchange;
    isUsedBefore = true;
    informationalCount = 0;
    var open = channel;
    if (open == null) {
      request.release();
    } else {
      // A write that fails is told to exceptionCaught: no promise is made for each request.
      var _ = open.writeAndFlush(request, open.voidPromise());
    }
  }

  /** Closes it; whoever it serves does not want to hear of it. */
  void close() {
    user = null;
    if (!isGone) {
      retire();
      pool.serve();
    }
  }

  /** True when it has been idle for too long. */
  boolean isOld(long now) {
    return now - idleUntilNanos >= 0;
  }

  /** True when an idle connection can be used, as far as can be seen from here. */
  boolean isUsable() {
    var open = channel;
    return open != null && open.isActive() && !decoder.holdsBytes() && !isOld(pool.loop().nanos());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      var served = user;
      if (served == null || isAnswerOver) {
        saidTooMuch = true;
      } else if (((HttpObject) message).decoderResult().isFailure()) {
        onNotHttp(served);
      } else {
        if (message instanceof HttpResponse response) {
          onHead(served, response);
        }
        if (message instanceof HttpContent content) {
          onContent(served, content);
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void onHead(Exchange served, HttpResponse response) {
    isInformational = response.status().code() < 200 && response.status().code() != 101;
    if (isInformational) {
      informationalCount++;
    }
    var version = response.protocolVersion();
    if (informationalCount > INFORMATIONAL_MAX
        || !(version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0))) {
      onNotHttp(served);
    } else if (!isInformational) {
      keptNanos = Math.min(KEPT_NANOS_MAX, KeepAlive.nanos(response));
      served.onHead(response);
    }
  }

  private void onContent(Exchange served, HttpContent content) {
    var isLast = content instanceof LastHttpContent;
    if (isInformational) {
      isInformational = !isLast;
      return;
    }
    if (content.content().isReadable()) {
      served.onBody(content.content());
    }
    // The exchange may have had enough, and this connection may be closed.
    isAnswerOver = isLast && user == served;
  }

  private void onNotHttp(Exchange served) {
    close();
    served.onNotHttp();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (isAnswerOver) {
      onAnswerOver();
    } else if (saidTooMuch) {
      close();
    }
  }

  private void onAnswerOver() {
    var served = user;
    user = null;
    isAnswerOver = false;
    if (canServeAnother()) {
      idleUntilNanos = pool.loop().nanos() + keptNanos;
      pool.giveBack(this);
    } else {
      close();
    }
    if (served != null) {
      served.onEnd();
    }
  }

  private boolean canServeAnother() {
    var open = channel;
    return keptNanos > 0
        && !saidTooMuch
        && !decoder.holdsBytes()
        && open != null
        && open.isActive()
        && hasSentAll(open);
  }

  /** An answer may come before the whole request has been taken. */
  private static boolean hasSentAll(Channel open) {
    var pending = open.unsafe().outboundBuffer();
    return pending != null && pending.isEmpty();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    lose(new ClosedChannelException());
  }

  /** A receiver that ends TLS takes nothing more, also when it does not close the connection. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslCloseCompletionEvent && user == null) {
      close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
    lose(error);
  }

  private void lose(Throwable error) {
    if (isGone) {
      return;
    }
    var served = user;
    user = null;
    retire();
    if (served != null) {
      // Before the others: it may need the place that has become free.
      served.onLost(error);
    }
    pool.serve();
  }

  private void retire() {
    isGone = true;
    pool.forget(this);
    if (channel != null) {
      var _ = channel.close();
    }
  }

  /** Takes answers apart; says what it has read and not made anything of. */
  private static final class AnswerDecoder extends HttpResponseDecoder {
    private static final HttpDecoderConfig LIMITS =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(STATUS_LINE_BYTES_MAX)
            .setMaxHeaderSize(HEADER_BYTES_MAX)
            // What a receiver says is only kept and shown as text.
            .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false))
            .setTrailersFactory(DefaultHttpHeadersFactory.trailersFactory().withValidation(false));

    AnswerDecoder() {
      super(LIMITS);
    }

    boolean holdsBytes() {
      return actualReadableBytes() > 0;
    }
  }
}
