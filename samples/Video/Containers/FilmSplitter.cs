using System.Globalization;

namespace BlueEdge.Samples.Video.Containers;

/// <summary>
/// Finds where one film ends and the next begins, in bytes that come in parts of any length. Of MP4 it follows the outermost boxes: a film
/// begins with <c>ftyp</c>, or with <c>moov</c> alone. MPEG-TS says no such thing, so that all of it is one film.
/// </summary>
internal sealed class FilmSplitter
{
    private const byte PacketBegin = 0x47;
    private const int PacketLength = 188;
    private const string NoFilm = "is no film that can be read here; send fragmented MP4 or MPEG-TS.";

    private static readonly string[] FirstBoxes = ["ftyp", "styp", "moov", "moof", "mdat", "sidx", "free", "skip", "wide", "uuid", "pdin", "emsg", "prft"];

    private readonly byte[] _header = new byte[BoxHeader.MostLength];
    private int _headerLength;
    private string _box = "";

    // Of the box that is passed through; null is to the end.
    private long? _left = 0;
    private long _position;
    private bool _hasMovie;

    /// <summary>What it is; null before anything came.</summary>
    public FilmKind? Kind { get; private set; }

    /// <summary>The parts of films that these bytes are. More is to be given once all of them are taken.</summary>
    /// <exception cref="BlueEdgeException">They are no film. The message, the end of a sentence, says what to send.</exception>
    public IEnumerable<FilmPart> Split(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return [];
        }

        var begins = Kind is null;
        Kind ??= bytes.Span[0] == PacketBegin ? FilmKind.TransportStream : FilmKind.Mp4;
        if (Kind is FilmKind.Mp4)
        {
            return SplitBoxes(bytes);
        }

        _position += bytes.Length;
        return [new(bytes, begins)];
    }

    /// <summary>What is missing where nothing more comes; null where the film is whole, as far as can be told.</summary>
    public string? FindCut() => Kind switch
    {
        FilmKind.TransportStream when _position % PacketLength is > 0 and var have => $"its last packet has {have} of {PacketLength} bytes",
        FilmKind.Mp4 when _headerLength > 0 => $"it ends after {_headerLength} bytes of a box",
        FilmKind.Mp4 when _left > 0 => string.Create(CultureInfo.InvariantCulture, $"the last {_left} bytes of its box '{_box}' are missing"),
        FilmKind.Mp4 when _box is "moof" => "the frames of its last fragment are missing",
        _ => null,
    };

    private IEnumerable<FilmPart> SplitBoxes(ReadOnlyMemory<byte> bytes)
    {
        // What was looked at and is not yet handed out begins at the first of these, and with it a film or not.
        var (from, at, begins) = (0, 0, false);
        while (at < bytes.Length)
        {
            if (_left is not 0)
            {
                var count = (int)Math.Min(bytes.Length - at, _left ?? long.MaxValue);
                (_left, at) = (_left - count, at + count);
                continue;
            }

            var (start, isCarried) = (at, _headerLength > 0);
            if (!TakeHeader(bytes.Span, ref at))
            {
                break;
            }

            var (isBegin, fault) = Enter(_header.AsSpan(0, _headerLength));
            if (start > from && (isBegin || fault is not null))
            {
                yield return new(bytes[from..start], begins);
                (from, begins) = (start, false);
            }

            if (fault is not null)
            {
                throw new BlueEdgeException(fault);
            }

            if (isCarried)
            {
                yield return new(_header.AsSpan(0, _headerLength).ToArray(), isBegin);
                from = at;
            }
            else
            {
                begins |= isBegin;
            }

            _headerLength = 0;
        }

        // The begin of a box is kept until it is all there, for it may be the next film's.
        if (at - _headerLength > from)
        {
            yield return new(bytes[from..(at - _headerLength)], begins);
        }
    }

    private bool TakeHeader(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (at < bytes.Length)
        {
            _header[_headerLength++] = bytes[at++];
            if (_headerLength == BoxHeader.Wanted(_header.AsSpan(0, _headerLength)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes into the next box, and says whether a film begins with it, or what is wrong with it.</summary>
    private (bool Begins, string? Fault) Enter(ReadOnlySpan<byte> header)
    {
        if (BoxHeader.Read(header) is not { } box || (_position == 0 && !FirstBoxes.Contains(box.Type, StringComparer.Ordinal)))
        {
            return (false, _position == 0
                ? NoFilm
                : string.Create(CultureInfo.InvariantCulture, $"has no MP4 box at its byte {_position}, where one has to begin; send all of the film, in order."));
        }

        var begins = _position == 0 || (box.Type is "ftyp" or "moov" && _hasMovie);
        _hasMovie = box.Type is "moov" || (_hasMovie && !begins);
        if (!_hasMovie && (box.Type is "moof" or "mdat"))
        {
            return (false, $"has frames before it says what they are (its box '{box.Type}' comes before 'moov'); send it in fragments, from its begin on. "
                + "This makes it so: ffmpeg -i FILM -c copy -movflags +frag_keyframe+empty_moov+default_base_moof OUT.mp4");
        }

        (_box, _left) = (box.Type, box.BodyLength);
        _position += box.HeaderLength + (box.BodyLength ?? 0);
        return (begins, null);
    }
}
