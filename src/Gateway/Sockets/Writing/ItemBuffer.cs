using BlueEdge.Gateway.Http.Budgets;

namespace BlueEdge.Gateway.Sockets.Writing;

/// <summary>An item's content while it comes. What it takes is in a budget before it is there.</summary>
/// <param name="budget">The budget.</param>
/// <param name="most">Bytes that the content may have.</param>
internal sealed class ItemBuffer(ByteBudget budget, int most)
{
    private const int FirstPiece = 16 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private byte[] _bytes = [];

    /// <summary>Bytes that came; one more than it may have says that there were more.</summary>
    public int Length { get; private set; }

    /// <summary>Whether more came than it may have.</summary>
    public bool IsOver => Length > most;

    /// <summary>Bytes of the budget that it holds.</summary>
    public long Held { get; private set; }

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Free => _bytes.AsMemory(Length);

    /// <summary>Makes room for more.</summary>
    /// <param name="wanted">Bytes that come, where that is known; 0 where it is not.</param>
    /// <param name="cancellationToken">Ends the wait for the budget.</param>
    /// <returns>Whether there is room: not where others have held the budget for too long.</returns>
    public async ValueTask<bool> GrowAsync(int wanted, CancellationToken cancellationToken)
    {
        var capacity = (int)Math.Min(Math.Max(Length + (long)wanted, wanted > 0 ? 0 : Math.Max(FirstPiece, _bytes.Length * 2L)), most + 1L);
        if (capacity <= _bytes.Length)
        {
            return true;
        }

        var held = Math.Min(capacity, budget.Total);
        if (!budget.TryTake(held - Held))
        {
            // Given back first: of those who hold some and wait for more none might ever get it.
            Release();
            if (!await budget.TakeAsync(held, Patience, cancellationToken))
            {
                return false;
            }
        }

        Held = held;
        var bytes = GC.AllocateUninitializedArray<byte>(capacity);
        _bytes.AsSpan(0, Length).CopyTo(bytes);
        _bytes = bytes;
        return true;
    }

    /// <summary>So many bytes were put into <see cref="Free"/>.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>The content, in no more memory than it needs, or little more; whoever takes it gives back what is <see cref="Held"/>.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        if (_bytes.Length - Length > _bytes.Length / 4)
        {
            _bytes = _bytes.AsSpan(0, Length).ToArray();
            var over = Held - Math.Min(Length, budget.Total);
            Held -= over;
            budget.Give(over);
        }

        return _bytes.AsMemory(0, Length);
    }

    /// <summary>Gives back what it holds.</summary>
    public void Release()
    {
        budget.Give(Held);
        Held = 0;
    }
}
