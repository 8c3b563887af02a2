using System.Globalization;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Http;

/// <summary>Reads query parameters, and gathers what is wrong with them.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private readonly List<ErrorItem> _errors = [];

    public IReadOnlyList<ErrorItem> Errors => _errors;

    /// <summary>A whole number, or <see langword="null"/> where it is left out.</summary>
    public long? Integer(string name, long least, long most)
    {
        if (Single(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Add(name, $"'{Shown.Short(text)}' is no whole number from {least} to {most}.");
        return null;
    }

    /// <summary>A number of seconds, fractions too, or <see langword="null"/> where it is left out.</summary>
    public TimeSpan? Seconds(string name)
    {
        if (Single(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= double.MaxValue)
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, 1e9));
        }

        Add(name, $"'{Shown.Short(text)}' is no number of seconds, 0 or more.");
        return null;
    }

    /// <summary>Any text, or <see langword="null"/> where it is left out.</summary>
    public string? Text(string name) => Single(name) is { Length: > 0 } text ? text : null;

    /// <summary>A text that passes a check, or <see langword="null"/> where it is left out.</summary>
    public string? Text(string name, Func<string, bool> check, string otherwise)
    {
        // Asked once: each time may find that it is given twice.
        if (Text(name) is var text && (text is null || check(text)))
        {
            return text;
        }

        Add(name, $"'{Shown.Short(text)}' {otherwise}.");
        return null;
    }

    /// <summary>One of some words, or <see langword="null"/> where it is left out.</summary>
    public string? OneOf(string name, IReadOnlyList<string> words) =>
        Text(name, text => words.Contains(text, StringComparer.Ordinal), $"is none of: {string.Join(", ", words)}");

    /// <summary>The parameter's one value: of two, neither would be right for everyone.</summary>
    private string? Single(string name)
    {
        if (query[name] is not [_, _, ..])
        {
            return query[name];
        }

        Add(name, "It is given more than once.");
        return null;
    }

    private void Add(string name, string message) =>
        _errors.Add(new() { Pointer = $"?{name}", Code = FaultCodes.OutOfRange, Message = message });
}
