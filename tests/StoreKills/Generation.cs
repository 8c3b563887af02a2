namespace BlueEdge.StoreKills;

/// <summary>One life of the child on a file: how far each worker is known to have come.</summary>
internal sealed class Generation(ulong seed)
{
    private readonly Worker[] _workers = [.. Enumerable.Range(0, Child.Workers).Select(number => new Worker(seed, number))];

    private readonly long[] _steps = new long[Child.Workers];

    public long Answers => _steps.Sum();

    /// <summary>Takes in how many steps of each worker are answered.</summary>
    public void Advance(ReadOnlySpan<long> answers)
    {
        for (var number = 0; number < answers.Length; number++)
        {
            for (; _steps[number] < answers[number]; _steps[number]++)
            {
                _workers[number].Next();
            }
        }
    }

    /// <summary>What is not as it has to be: every answered step is there, and of each worker's next one all or nothing.</summary>
    /// <param name="stores">The stores as the kill left them.</param>
    /// <param name="isOver">Whether the child is gone: then what is there now stays.</param>
    public async Task<string?> FindFaultAsync(StoresUnderTest stores, bool isOver)
    {
        for (var number = 0; number < _workers.Length; number++)
        {
            var (now, next) = (_workers[number], _workers[number].Clone());
            next.Next();
            if (string.Equals(Inspection.OfModel(now), await Inspection.OfStoresAsync(stores, now), StringComparison.Ordinal))
            {
                continue;
            }

            var found = await Inspection.OfStoresAsync(stores, next);
            if (!string.Equals(Inspection.OfModel(next), found, StringComparison.Ordinal))
            {
                return $"Worker {number} of seed {seed}:\n--- answered\n{Inspection.OfModel(now)}\n--- or\n{Inspection.OfModel(next)}\n--- found\n{found}";
            }

            if (isOver)
            {
                _workers[number] = next;
            }
        }

        return null;
    }
}
