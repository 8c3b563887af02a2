using System.Globalization;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>Packs a session id into 16 bytes; packed ids sort as the texts do.</summary>
internal static class SessionKey
{
    public static UInt128 Pack(string sessionId) =>
        SessionIds.IsValid(sessionId)
            ? UInt128.Parse(sessionId, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : throw new BlueEdgeException($"'{sessionId}' is no session id: it wants 32 lower-case hexadecimal digits.");

    public static string Unpack(UInt128 key) => key.ToString("x32", CultureInfo.InvariantCulture);
}
