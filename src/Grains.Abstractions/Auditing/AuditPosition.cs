using System.Globalization;
using System.Runtime.InteropServices;

namespace BlueEdge.Auditing;

/// <summary>Where a record of the audit is: see <see cref="IsNewerThan"/>.</summary>
/// <param name="Time">Milliseconds, where the store counts by them.</param>
/// <param name="Number">What tells records of one <paramref name="Time"/> apart.</param>
/// <param name="Kind">What tells those of one number apart.</param>
[GenerateSerializer, Immutable, Alias("blueedge.audit-position")]
[StructLayout(LayoutKind.Auto)]
public readonly record struct AuditPosition([property: Id(0)] long Time, [property: Id(1)] long Number, [property: Id(2)] AuditKind Kind)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; <see langword="null"/> where it is not that.</summary>
    public static AuditPosition? Parse(string text) =>
        text.Split('-') is [var time, var number, var kind] && Read(time) is { } at && Read(number) is { } place && Read(kind) is { } of && Enum.IsDefined((AuditKind)of)
            ? new(at, place, (AuditKind)of)
            : null;

    /// <summary>As callers pass it on.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time}-{Number}-{(int)Kind}");

    /// <summary>Whether it comes first where the newest do.</summary>
    public bool IsNewerThan(AuditPosition other) => (Time, Number, (int)Kind).CompareTo((other.Time, other.Number, (int)other.Kind)) > 0;

    private static long? Read(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
