using System.Collections.Immutable;

namespace BlueEdge.Validation;

/// <summary>Gathers faults up to a bound, so that a hostile spec cannot make an answer of any size.</summary>
internal sealed class FaultCollector
{
    /// <summary>More than this many help nobody: they come from a generator with one mistake.</summary>
    public const int Most = 10_000;

    private readonly ImmutableArray<Fault>.Builder _faults = ImmutableArray.CreateBuilder<Fault>();

    public void Add(string pointer, string code, string message)
    {
        if (_faults.Count < Most)
        {
            _faults.Add(new() { Pointer = pointer, Code = code, Message = message });
        }
    }

    public ImmutableArray<Fault> ToImmutable() => _faults.DrainToImmutable();
}
