using System.Security.Claims;
using BlueEdge.Callers;

namespace BlueEdge.Gateway.Callers;

/// <summary>Callers as ASP.NET's authorization sees them.</summary>
internal static class Principals
{
    /// <summary>The kind of those who were found by a key: their name is the key's id.</summary>
    public const string ByKey = "key";

    /// <summary>The kind of those who were found by a token: their name is what its issuer calls them.</summary>
    public const string ByToken = "token";

    public static ClaimsPrincipal Of(string name, IEnumerable<CallerRole> roles, string by = ByKey) => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, name), .. roles.Select(role => new Claim(ClaimTypes.Role, RoleNames.Of(role)))], authenticationType: by));
}
