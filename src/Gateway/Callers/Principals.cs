using System.Security.Claims;
using BlueEdge.Callers;

namespace BlueEdge.Gateway.Callers;

/// <summary>Callers as ASP.NET's authorization sees them.</summary>
internal static class Principals
{
    public static ClaimsPrincipal Of(string name, IEnumerable<CallerRole> roles) => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, name), .. roles.Select(role => new Claim(ClaimTypes.Role, RoleNames.Of(role)))], authenticationType: "key"));
}
