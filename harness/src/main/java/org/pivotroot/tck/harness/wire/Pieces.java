package org.pivotroot.tck.harness.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Long requests in pieces, each of which is answered before the next is sent. */
public final class Pieces {
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

  /**
   * A request as it goes over a way that takes no long frames.
   *
   * @param most bytes that may travel unanswered, frame and all
   * @return the pieces, answered by {@link Reply.Done}, and what stands for the whole and is
   *     answered as that; the request alone if it is not long
   */
  public static List<Request> of(Request request, int most) throws IOException {
    byte[] body = Codec.encode(request);
    if (body.length <= most) {
      return List.of(request);
    }
    List<Request> pieces = new ArrayList<>();
    for (int from = 0; from < body.length; from += most) {
      int to = Math.min(body.length, from + most);
      pieces.add(new Request.Piece(Arrays.copyOfRange(body, from, to)));
    }
    pieces.add(new Request.Pieced());
    return pieces;
  }

  /**
   * Takes one in.
   *
   * @throws IOException if there are more than of any request
   */
  public Reply.Done add(Request.Piece piece) throws IOException {
    if (collected.size() + piece.bytes().length > Channel.LARGEST_BODY) {
      throw new IOException("pieces of more than " + Channel.LARGEST_BODY + " bytes");
    }
    collected.write(piece.bytes());
    return new Reply.Done();
  }

  /**
   * The request that they are, after which others can be taken in.
   *
   * @throws IOException if they are none
   */
  public Request whole() throws IOException {
    byte[] body = collected.toByteArray();
    collected.reset();
    return (Request) Codec.decode(body);
  }
}
