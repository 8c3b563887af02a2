using BlueEdge.Callers;

namespace BlueEdge.Gateway.Callers;

/// <summary>What roles are called in the API.</summary>
internal static class RoleNames
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<CallerRole>().Select(Of)];

    public static string Of(CallerRole role) => role switch
    {
        CallerRole.Viewer => "viewer",
        CallerRole.Submitter => "submitter",
        CallerRole.Operator => "operator",
        CallerRole.Admin => "admin",
        _ => "unknown", // Of a later build: it opens nothing.
    };

    public static CallerRole? Parse(string name) => Enum.GetValues<CallerRole>().Select(role => (CallerRole?)role).FirstOrDefault(role => string.Equals(Of(role!.Value), name, StringComparison.Ordinal)); // Each has a value.
}
