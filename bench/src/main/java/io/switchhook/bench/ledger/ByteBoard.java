package io.switchhook.bench.ledger;

/** Very many bytes. Different bytes may be written by different threads. */
final class ByteBoard {
  private static final int CHUNK_BITS = 20;
  private static final int CHUNK = 1 << CHUNK_BITS;

  private final byte[][] chunks;

  ByteBoard(long size) {
    chunks = new byte[(int) ((size + CHUNK - 1) >> CHUNK_BITS)][];
    for (var i = 0; i < chunks.length; i++) {
      chunks[i] = new byte[CHUNK];
    }
  }

  byte get(long index) {
    return chunks[(int) (index >> CHUNK_BITS)][(int) index & CHUNK - 1];
  }

  void set(long index, int value) {
    chunks[(int) (index >> CHUNK_BITS)][(int) index & CHUNK - 1] = (byte) value;
  }
}
