using System.Security.Cryptography;
using System.Text;

namespace BlueEdge.Soak.History;

/// <summary>An item as histories have it: its JSON, or, where that is long, its length and hash.</summary>
internal static class Item
{
    private const int Longest = 200;

    public static string Of(string json) => json.Length <= Longest
        ? json
        : $"{json.Length}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(json)))}";
}
