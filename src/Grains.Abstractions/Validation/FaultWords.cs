using System.Globalization;
using System.Runtime.CompilerServices;

namespace BlueEdge.Validation;

/// <summary>The pointer or the message of a fault: written only where the fault will be listed, since there may be millions.</summary>
[InterpolatedStringHandler]
public ref struct FaultWords
{
    private readonly string? _whole;
    private DefaultInterpolatedStringHandler _parts;

    /// <summary>Begins a text, unless the collector is full; as the compiler asks for it.</summary>
    public FaultWords(int literalLength, int formattedCount, FaultCollector faults, out bool isListed)
    {
        isListed = !faults.IsFull;
        if (isListed)
        {
            _parts = new(literalLength, formattedCount, CultureInfo.InvariantCulture);
        }
    }

    private FaultWords(string whole) => _whole = whole;

    /// <summary>A text that is written already.</summary>
    public static implicit operator FaultWords(string whole) => new(whole);

    /// <summary>Writes what stands between values.</summary>
    public void AppendLiteral(string text) => _parts.AppendLiteral(text);

    /// <summary>Writes a value, as the invariant culture does.</summary>
    public void AppendFormatted<T>(T value) => _parts.AppendFormatted(value);

    /// <summary>The text, once.</summary>
    public string Take() => _whole ?? _parts.ToStringAndClear();
}
