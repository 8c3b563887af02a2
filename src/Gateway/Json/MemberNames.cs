using System.Text;
using System.Text.Json;

namespace BlueEdge.Gateway.Json;

/// <summary>The members that an object may have and the reader understands.</summary>
internal sealed class MemberNames(params string[] names)
{
    private readonly byte[][] _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The place of the member at which the reader stands, or -1.</summary>
    public int Find(ref Utf8JsonReader json)
    {
        for (var place = 0; place < _utf8.Length; place++)
        {
            if (json.ValueTextEquals(_utf8[place]))
            {
                return place;
            }
        }

        return -1;
    }

    public string this[int place] => names[place];
}
