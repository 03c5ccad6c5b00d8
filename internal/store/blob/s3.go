package blob

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"marquee/internal/asset"
	"marquee/internal/fault"
)

// AccessKeyVariable and SecretKeyVariable name the environment variables that
// keep an S3 store's secrets out of its address.
const (
	AccessKeyVariable = "MARQUEE_S3_ACCESS_KEY"
	SecretKeyVariable = "MARQUEE_S3_SECRET_KEY"
)

// s3Wait bounds how long an S3 server may take to begin its answer.
const s3Wait = 10 * time.Second

// bucket keeps blobs on an S3-compatible server.
type bucket struct {
	client *minio.Client
	name   string
}

var errS3Address = errors.New("the objects setting can't be read as s3://key:secret@host:port/bucket?region=…&tls=true")

func openS3(ctx context.Context, address string) (*bucket, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errS3Address // the parser's text would repeat the secret
	}
	name := strings.Trim(u.Path, "/")
	if u.Host == "" || name == "" || strings.Contains(name, "/") {
		return nil, errS3Address
	}
	q := u.Query()
	secure := true
	if v := q.Get("tls"); v != "" {
		if secure, err = strconv.ParseBool(v); err != nil {
			return nil, errS3Address
		}
	}
	secret, _ := u.User.Password()
	id, secret := cmp.Or(u.User.Username(), os.Getenv(AccessKeyVariable)), cmp.Or(secret, os.Getenv(SecretKeyVariable))
	if id == "" || secret == "" {
		return nil, fmt.Errorf("the objects setting names an S3 store without a key: set %s and %s", AccessKeyVariable, SecretKeyVariable)
	}
	transport, err := minio.DefaultTransport(secure)
	if err != nil {
		return nil, err
	}
	transport.ResponseHeaderTimeout = s3Wait
	region := cmp.Or(q.Get("region"), "us-east-1")
	client, err := minio.New(u.Host, &minio.Options{
		Creds: credentials.NewStaticV4(id, secret, ""), Secure: secure, Region: region,
		Transport: transport, MaxRetries: 3, BucketLookup: minio.BucketLookupAuto,
	})
	if err != nil {
		return nil, errS3Address
	}
	b := &bucket{client, name}
	there, err := client.BucketExists(ctx, name)
	if err != nil {
		return nil, b.fault(ctx, err)
	}
	if !there {
		err := client.MakeBucket(ctx, name, minio.MakeBucketOptions{Region: region})
		// Another node may have been quicker.
		if code := minio.ToErrorResponse(err).Code; err != nil && code != minio.BucketAlreadyOwnedByYou && code != minio.BucketAlreadyExists {
			return nil, b.fault(ctx, err)
		}
	}
	return b, nil
}

// fault says what an error of the server means: the caller gone, no such
// blob, or the store away.
func (b *bucket) fault(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	r := minio.ToErrorResponse(err)
	if r.Code == minio.NoSuchKey || r.StatusCode == http.StatusNotFound && r.Code != minio.NoSuchBucket {
		return fault.Missing("object").Because(err)
	}
	return storeAway(err)
}

// Put implements asset.Blobs.
func (b *bucket) Put(ctx context.Context, key, mediaType string, data []byte) error {
	if err := checkPut(key, mediaType, data); err != nil {
		return err
	}
	for try := 1; ; try++ {
		_, err := b.client.PutObject(ctx, b.name, key, bytes.NewReader(data), int64(len(data)),
			minio.PutObjectOptions{ContentType: mediaType, DisableMultipart: true})
		if err == nil {
			return nil
		}
		if try == folderTries || minio.ToErrorResponse(err).Code != folderInTheWay {
			return b.fault(ctx, err)
		}
	}
}

// A server that keeps objects as files (versitygw) answers so to a Put while
// another request takes the object's folder away. Nothing is wrong: the next try
// makes the folder anew.
const (
	folderInTheWay = "ExistingObjectIsDirectory"
	folderTries    = 5
)

// Open implements asset.Blobs: one request, whose answer's head is the Info.
func (b *bucket) Open(ctx context.Context, key string) (io.ReadCloser, asset.Info, error) {
	if err := checkKey(key); err != nil {
		return nil, asset.Info{}, err
	}
	r, st, _, err := minio.Core{Client: b.client}.GetObject(ctx, b.name, key, minio.GetObjectOptions{})
	if err != nil {
		return nil, asset.Info{}, b.fault(ctx, err)
	}
	return r, asset.Info{Key: key, MediaType: st.ContentType, Size: st.Size}, nil
}

// Delete implements asset.Blobs.
func (b *bucket) Delete(ctx context.Context, keys ...string) error {
	for _, key := range keys {
		if err := checkKey(key); err != nil {
			return err
		}
	}
	if len(keys) == 1 {
		if err := b.client.RemoveObject(ctx, b.name, keys[0], minio.RemoveObjectOptions{}); err != nil {
			err = b.fault(ctx, err)
			if !fault.Is(err, fault.NotFound) {
				return err
			}
		}
		return nil
	}
	objects := make(chan minio.ObjectInfo)
	go func() {
		defer close(objects)
		for _, key := range keys {
			select {
			case objects <- minio.ObjectInfo{Key: key}:
			case <-ctx.Done():
				return
			}
		}
	}()
	var first error
	for e := range b.client.RemoveObjects(ctx, b.name, objects, minio.RemoveObjectsOptions{}) {
		if err := b.fault(ctx, e.Err); first == nil && !fault.Is(err, fault.NotFound) {
			first = err
		}
	}
	return cmp.Or(first, ctx.Err())
}

// List implements asset.Blobs; limit is 1 to 1000. An S3 server does not tell
// media types in a list, so they are asked for one by one where the name does
// not say them.
func (b *bucket) List(ctx context.Context, prefix, after string, limit int) ([]asset.Info, error) {
	if err := checkPrefix(prefix); err != nil {
		return nil, err
	}
	limit = min(max(limit, 1), mostListed)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the listing behind the channel
	found := []asset.Info{}
	for o := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{
		Prefix: prefix, StartAfter: after, Recursive: true, MaxKeys: limit,
	}) {
		if o.Err != nil {
			return nil, b.fault(ctx, o.Err)
		}
		info := asset.Info{Key: o.Key, MediaType: typeOf(o.Key[max(strings.LastIndexByte(o.Key, '.'), 0):]), Size: o.Size}
		if info.MediaType == "" {
			st, err := b.client.StatObject(ctx, b.name, o.Key, minio.StatObjectOptions{})
			if err != nil {
				if fault.Is(b.fault(ctx, err), fault.NotFound) {
					continue // deleted while we looked
				}
				return nil, b.fault(ctx, err)
			}
			info.MediaType = st.ContentType
		}
		found = append(found, info)
		if len(found) == limit {
			break
		}
	}
	return found, nil
}

// Check implements asset.Blobs.
func (b *bucket) Check(ctx context.Context) error { return check(ctx, b) }
