using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace BlueEdge.Validation;

/// <summary>Lists faults up to a bound and counts the rest, so that a hostile request cannot make an answer of any size.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "The gateway's reader of bodies is one.")]
public class FaultCollector(int most = FaultCollector.Most)
{
    /// <summary>More than this many help nobody: they come from a generator with one mistake.</summary>
    public const int Most = 100;

    private readonly ImmutableArray<Fault>.Builder _faults = ImmutableArray.CreateBuilder<Fault>();
    private int _further;

    /// <summary>Whether further faults are only counted.</summary>
    public bool IsFull => _faults.Count == most;

    /// <summary>Whether there is one.</summary>
    public bool Any => _faults.Count > 0;

    /// <summary>Notes a fault. Pointer and message are not even written where it is only counted.</summary>
    public void Add(
        [InterpolatedStringHandlerArgument("")] FaultWords pointer, string code, [InterpolatedStringHandlerArgument("")] FaultWords message)
    {
        if (IsFull)
        {
            _further++;
        }
        else
        {
            _faults.Add(new() { Pointer = pointer.Take(), Code = code, Message = message.Take() });
        }
    }

    /// <summary>What is listed, and how many more there are.</summary>
    public FaultList ToList() => new() { Listed = _faults.ToImmutable(), Further = _further };
}
