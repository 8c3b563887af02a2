using System.Text;
using BlueEdge.Grains.Sessions;
using CsCheck;

namespace BlueEdge.Grains.Tests.Sessions;

public sealed class ErrorTextTests
{
    private static readonly Gen<string> Piece = Gen.Int[0, 6].Select(index => new[] { "a", "é", "€", "😀", "\ud800", "\udc00", "\n" }[index]);

    [Fact]
    public void Any_text_is_cut_to_the_length_in_bytes_within_no_character() => Gen.Select(
        Piece.List[0, 400], Gen.Int[64, 600], (parts, bytes) => (Text: string.Concat(parts), bytes)).Sample(
        sample =>
        {
            var cut = ErrorText.Cut(sample.Text, sample.bytes);
            var length = Encoding.UTF8.GetByteCount(sample.Text);
            Assert.True(Encoding.UTF8.GetByteCount(cut) <= sample.bytes);
            if (length <= sample.bytes)
            {
                Assert.Equal(sample.Text, cut);
                return;
            }

            var kept = cut[..cut.LastIndexOf('…')];
            Assert.StartsWith(kept, sample.Text, StringComparison.Ordinal);
            Assert.Contains($"({length - Encoding.UTF8.GetByteCount(kept)} more bytes were cut)", cut, StringComparison.Ordinal);
        },
        iter: 5_000);

    [Fact]
    public void What_an_engine_says_cannot_write_a_line_of_a_log() => Assert.Equal(
        "a\\n2026-01-01 fail: forged\\r\\t\\u001b[31m\\u2028 end", ErrorText.Escape("a\n2026-01-01 fail: forged\r\t\u001b[31m\u2028 end"));

    [Fact]
    public void A_plain_exception_is_logged_as_it_is_and_a_long_or_forged_one_as_a_text_on_one_line()
    {
        var plain = new InvalidDataException("torn page");
        Assert.Same(plain, ErrorText.ForLog(plain));

        var forged = ErrorText.ForLog(new InvalidDataException("a", new InvalidOperationException("x\ny")));
        Assert.DoesNotContain('\n', forged.Message);
        Assert.Contains("InvalidOperationException: x\\ny", forged.Message, StringComparison.Ordinal);
        Assert.InRange(ErrorText.ForLog(new InvalidDataException(new('x', 5_000_000))).Message.Length, 1, 17_000);
    }
}
