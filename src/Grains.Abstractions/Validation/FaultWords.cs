using System.Globalization;
using System.Runtime.CompilerServices;

namespace BlueEdge.Validation;

/// <summary>The pointer or the message of a fault: written only where the fault will be listed, since there may be millions.</summary>
[InterpolatedStringHandler]
internal ref struct FaultWords
{
    private readonly string? _whole;
    private DefaultInterpolatedStringHandler _parts;

    public FaultWords(int literalLength, int formattedCount, FaultCollector faults, out bool isListed)
    {
        isListed = !faults.IsFull;
        if (isListed)
        {
            _parts = new(literalLength, formattedCount, CultureInfo.InvariantCulture);
        }
    }

    private FaultWords(string whole) => _whole = whole;

    public static implicit operator FaultWords(string whole) => new(whole);

    public void AppendLiteral(string text) => _parts.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _parts.AppendFormatted(value);

    /// <summary>The text, once.</summary>
    public string Take() => _whole ?? _parts.ToStringAndClear();
}
