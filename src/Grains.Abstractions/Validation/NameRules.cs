using System.Text;

namespace BlueEdge.Validation;

/// <summary>What a name given by a caller may be: it becomes part of keys, addresses and logs.</summary>
internal static class NameRules
{
    public static void Check(string? name, string list, int place, SessionLimits limits, FaultCollector faults)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            faults.Add($"/{list}/{place}/name", FaultCodes.Required, "A name is required.");
            return;
        }

        if (name.Length > limits.NameLength)
        {
            faults.Add(
                $"/{list}/{place}/name",
                FaultCodes.TooLarge,
                $"The name {FaultText.Quote(name)} has {name.Length} characters; {limits.NameLength} are allowed.");
        }

        if (!IsText(name))
        {
            faults.Add(
                $"/{list}/{place}/name",
                FaultCodes.Malformed,
                $"The name {FaultText.Quote(name)} holds control characters or half a surrogate pair: leave them out.");
        }
    }

    /// <summary>Whether it is text on one line: no control characters, no half of a surrogate pair.</summary>
    public static bool IsText(ReadOnlySpan<char> name)
    {
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(name, out var rune, out var length) != System.Buffers.OperationStatus.Done
                || Rune.IsControl(rune))
            {
                return false;
            }

            name = name[length..];
        }

        return true;
    }
}
