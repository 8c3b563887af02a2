using BlueEdge.Samples.Video.Containers;

namespace BlueEdge.Samples.Tests.Video;

public sealed class FilmSplitterTests
{
    private static readonly byte[] Type = Box("ftyp", 8);
    private static readonly byte[] Movie = Box("moov", 30);
    private static readonly byte[] Fragment = [.. Box("moof", 9), .. Box("mdat", 50)];

    [Fact]
    public void Films_are_the_same_however_their_bytes_are_cut()
    {
        byte[][] films =
        [
            [.. Type, .. Movie, .. Fragment, .. Box("free", 0), .. Fragment],
            [.. Type, .. Movie],
            [.. Movie, .. LargeBox("mdat", 40), .. Fragment],
            [.. Type, .. Movie, .. Fragment],
        ];
        byte[] all = [.. films.SelectMany(film => film)];

        for (var length = 1; length <= all.Length; length++)
        {
            Assert.Equal(films, Split(all.Chunk(length)));
        }
    }

    [Fact]
    public void A_box_that_goes_on_to_the_end_does()
    {
        byte[] film = [.. Type, .. Movie, 0, 0, 0, 0, .. "mdat"u8, .. Type, .. Movie];

        Assert.Equal([film], Split(film.Chunk(7)));
    }

    [Fact]
    public void What_does_not_end_with_a_box_and_its_frames_is_cut()
    {
        byte[] film = [.. Type, .. Movie, .. Fragment];

        Assert.Null(CutOf(film));
        Assert.Null(CutOf([.. Type, .. Movie]));
        Assert.Equal("the last 1 bytes of its box 'mdat' are missing", CutOf(film[..^1]));
        Assert.Equal("the frames of its last fragment are missing", CutOf([.. Type, .. Movie, .. Box("moof", 9)]));
        Assert.Equal("it ends after 5 bytes of a box", CutOf([.. film, .. Fragment[..5]]));
        Assert.Equal("its last packet has 2 of 188 bytes", CutOf([0x47, .. new byte[189]]));
        Assert.Null(CutOf([0x47, .. new byte[187]]));
        Assert.Null(CutOf([]));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 7, (byte)'f', (byte)'t', (byte)'y', (byte)'p' })]
    [InlineData(new byte[] { 0, 0, 0, 1, (byte)'f', (byte)'t', (byte)'y', (byte)'p', 0xFF, 0, 0, 0, 0, 0, 0, 20 })]
    [InlineData(new byte[] { 0, 0, 0, 1, (byte)'f', (byte)'t', (byte)'y', (byte)'p', 0, 0, 0, 0, 0, 0, 0, 15 })]
    [InlineData(new byte[] { 0x1A, 0x45, 0xDF, 0xA3, 1, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 20, (byte)'j', (byte)'u', (byte)'n', (byte)'k' })]
    public void What_begins_as_no_film_is_refused(byte[] bytes)
    {
        var error = Assert.Throws<BlueEdgeException>(() => Split([bytes]));

        Assert.StartsWith("is no film that can be read here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_came_before_a_fault_is_handed_out()
    {
        byte[] film = [.. Type, .. Movie, .. Fragment];
        var splitter = new FilmSplitter();
        List<byte> handed = [];

        var error = Assert.Throws<BlueEdgeException>(() =>
        {
            foreach (var part in splitter.Split((byte[])[.. film, .. Enumerable.Repeat((byte)0xFF, 20)]))
            {
                handed.AddRange(part.Bytes.Span);
            }
        });

        Assert.Equal(film, handed);
        Assert.Contains($"at its byte {film.Length},", error.Message, StringComparison.Ordinal);
    }

    private static List<byte[]> Split(IEnumerable<byte[]> parts)
    {
        var splitter = new FilmSplitter();
        List<List<byte>> films = [];
        foreach (var part in parts.SelectMany(bytes => splitter.Split(bytes)))
        {
            if (part.Begins)
            {
                films.Add([]);
            }

            films[^1].AddRange(part.Bytes.Span);
        }

        return [.. films.Select(film => film.ToArray())];
    }

    private static string? CutOf(byte[] film)
    {
        var splitter = new FilmSplitter();
        _ = splitter.Split(film).Count();
        return splitter.FindCut();
    }

    private static byte[] Box(string type, int length) => [0, 0, 0, (byte)(8 + length), .. System.Text.Encoding.ASCII.GetBytes(type), .. new byte[length]];

    private static byte[] LargeBox(string type, int length) =>
        [0, 0, 0, 1, .. System.Text.Encoding.ASCII.GetBytes(type), 0, 0, 0, 0, 0, 0, 0, (byte)(16 + length), .. new byte[length]];
}
