namespace BlueEdge.Callers;

/// <summary>Who calls. A session belongs to the tenant of whoever submitted it, and is not there for callers of any other.</summary>
public sealed record Caller
{
    /// <summary>The tenant of all who name none.</summary>
    public const string DefaultTenant = "default";

    private const int LongestTenant = 64;

    /// <summary>A caller of the default tenant.</summary>
    public static Caller Default { get; } = new();

    /// <summary>
    /// On whose behalf the code that asks runs: within an engine that is its session's tenant, elsewhere <see cref="Default"/> unless a
    /// caller was named.
    /// </summary>
    public static Caller Current => CallerContext.Current;

    /// <summary>Up to 64 of a to z, 0 to 9, <c>-</c> and <c>_</c>; <see cref="DefaultTenant"/> by default.</summary>
    /// <exception cref="BlueEdgeException">It is no such name.</exception>
    public string Tenant
    {
        get;
        init => field = IsTenant(value)
            ? value
            : throw new BlueEdgeException($"'{value}' is no tenant: name one by 1 to {LongestTenant} of a to z, 0 to 9, - and _.");
    } = DefaultTenant;

    /// <summary>The tenant, or <see langword="null"/> for the default one: what is stored and sent.</summary>
    public string? NamedTenant => string.Equals(Tenant, DefaultTenant, StringComparison.Ordinal) ? null : Tenant;

    /// <summary>Any caller of a tenant, as <see cref="NamedTenant"/> has it.</summary>
    public static Caller Of(string? tenant) => tenant is null ? Default : new() { Tenant = tenant };

    /// <summary>Whether it can be the name of a tenant.</summary>
    public static bool IsTenant(string? name) => name is { Length: >= 1 and <= LongestTenant }
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_');
}
