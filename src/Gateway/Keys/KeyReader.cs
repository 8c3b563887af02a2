using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BlueEdge.Callers;
using BlueEdge.Gateway.Callers;
using BlueEdge.Gateway.Json;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Keys;

/// <summary>Reads which key is to be made.</summary>
internal static class KeyReader
{
    private const int LongestName = 256;

    private static readonly MemberNames Members = new("name", "tenant", "roles", "expiresAt");

    /// <param name="body">The body.</param>
    /// <param name="now">The time.</param>
    /// <param name="faults">Takes all that is wrong.</param>
    /// <exception cref="JsonException">The body is no JSON; it says where.</exception>
    public static KeyOrder Read(ReadOnlySpan<byte> body, DateTimeOffset now, BodyFaults faults)
    {
        var json = BodyJson.Start(body);
        string? name = null;
        string? tenant = null;
        DateTimeOffset? expiresAt = null;
        ImmutableArray<CallerRole>? roles = null;
        if (ObjectWalk.BeginRoot(ref json, faults))
        {
            for (var members = new ObjectWalk(Members, faults); members.Next(ref json, out var member);)
            {
                switch (member)
                {
                    case "name": name = ReadName(ref json, faults); break;
                    case "tenant": tenant = ReadTenant(ref json, faults); break;
                    case "roles": roles = ReadRoles(ref json, faults); break;
                    default: expiresAt = ReadTime(ref json, now, faults); break;
                }
            }

            if (name is null)
            {
                faults.AddIn("name", FaultCodes.Required, "A name is required: it says in lists whose key it is.");
            }

            if (roles is null)
            {
                faults.AddIn("roles", FaultCodes.Required, $"Roles are required: {string.Join(", ", RoleNames.All)}.");
            }
        }

        BodyJson.End(ref json);
        return new(name ?? "", Caller.Of(tenant), roles ?? [], expiresAt);
    }

    private static string? ReadName(ref Utf8JsonReader json, BodyFaults faults)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var name = JsonValues.String(ref json, faults);
        if (name is { Length: < 1 or > LongestName })
        {
            faults.Add(FaultCodes.OutOfRange, $"The name has {name.Length} characters; it has 1 to {LongestName}.");
        }

        return name ?? "";
    }

    private static string? ReadTenant(ref Utf8JsonReader json, BodyFaults faults)
    {
        if (JsonValues.String(ref json, faults) is not { } tenant)
        {
            return null;
        }

        if (Caller.IsTenant(tenant))
        {
            return tenant;
        }

        faults.Add(FaultCodes.Malformed, $"'{Shown.Short(tenant)}' is no tenant: name one by 1 to 64 of a to z, 0 to 9, - and _.");
        return null;
    }

    private static ImmutableArray<CallerRole>? ReadRoles(ref Utf8JsonReader json, BodyFaults faults)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var roles = ImmutableArray.CreateBuilder<CallerRole>();
        if (ArrayWalk.Begin(ref json, faults))
        {
            var count = 0;
            for (var items = new ArrayWalk(faults, RoleNames.All.Count); items.Next(ref json); count++)
            {
                ReadRole(ref json, roles, faults);
            }

            if (count == 0)
            {
                faults.Add(FaultCodes.OutOfRange, $"One role at least is required: {string.Join(", ", RoleNames.All)}.");
            }
        }

        return roles.ToImmutable();
    }

    private static void ReadRole(ref Utf8JsonReader json, ImmutableArray<CallerRole>.Builder roles, BodyFaults faults)
    {
        var name = JsonValues.String(ref json, faults);
        if (name is not null && RoleNames.Parse(name) is { } role)
        {
            if (roles.Contains(role))
            {
                faults.Add(FaultCodes.DuplicateName, $"The role '{name}' is given twice.");
            }

            roles.Add(role);
        }
        else if (name is not null || json.TokenType == JsonTokenType.Null)
        {
            faults.Add(FaultCodes.Malformed, $"'{Shown.Short(name ?? "null")}' is no role: it is one of {string.Join(", ", RoleNames.All)}.");
        }
    }

    private static DateTimeOffset? ReadTime(ref Utf8JsonReader json, DateTimeOffset now, BodyFaults faults)
    {
        if (!JsonValues.Expect(ref json, JsonTokenType.String, "a time such as \"2027-01-31T00:00:00Z\"", faults))
        {
            return null;
        }

        if (!json.TryGetDateTimeOffset(out var time))
        {
            faults.Add(FaultCodes.Malformed, $"This has to be a time such as \"2027-01-31T00:00:00Z\".");
            return null;
        }

        if (time <= now)
        {
            faults.Add(FaultCodes.OutOfRange, $"The key would have expired already: it is {now.UtcDateTime.ToString("s", CultureInfo.InvariantCulture)}Z.");
        }

        return time.ToUniversalTime();
    }
}
