namespace BlueEdge.Samples.Video.Containers;

/// <summary>Reads an MP4 box by box while it is made.</summary>
/// <param name="read">Reads some bytes; none is the end.</param>
internal sealed class BoxReader(Func<Memory<byte>, CancellationToken, ValueTask<int>> read)
{
    private readonly byte[] _header = new byte[BoxHeader.MostLength];
    private readonly byte[] _buffer = new byte[32 * 1024];
    private int _from;
    private int _to;

    /// <summary>The next box's begin; null at the end.</summary>
    /// <exception cref="EndOfStreamException">It ends within it.</exception>
    public async ValueTask<BoxHeader?> NextAsync(CancellationToken cancellationToken)
    {
        if (_from == _to && !await FillAsync(cancellationToken))
        {
            return null;
        }

        await FillAsync(_header.AsMemory(0, 8), cancellationToken);
        if (BoxHeader.Wanted(_header) is var wanted && wanted > 8)
        {
            await FillAsync(_header.AsMemory(8, wanted - 8), cancellationToken);
        }

        return BoxHeader.Read(_header.AsSpan(0, wanted)) is { BodyLength: not null } box ? box : throw new InvalidDataException("ffmpeg wrote no MP4.");
    }

    /// <summary>The box's begin, as it was read last.</summary>
    public ReadOnlySpan<byte> Header(BoxHeader box) => _header.AsSpan(0, box.HeaderLength);

    /// <summary>Reads a box's body, or a part of it.</summary>
    /// <exception cref="EndOfStreamException">It ends within it.</exception>
    public async ValueTask FillAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        while (into.Length > 0)
        {
            if (_from < _to)
            {
                var count = Math.Min(_to - _from, into.Length);
                _buffer.AsMemory(_from, count).CopyTo(into);
                (_from, into) = (_from + count, into[count..]);
            }
            else if (into.Length >= _buffer.Length)
            {
                // Large bodies go where they are wanted without a stop between.
                var count = await read(into, cancellationToken);
                into = count > 0 ? into[count..] : throw new EndOfStreamException();
            }
            else if (!await FillAsync(cancellationToken))
            {
                throw new EndOfStreamException();
            }
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        (_from, _to) = (0, await read(_buffer, cancellationToken));
        return _to > 0;
    }
}
