/* The natives of the package libpilot, which the classes written by hand call: the class Native, a class
 * for each handle, and the enums that Java has of the library's. */
%module Native
%include <enums.swg>
%javaconst(1);
%{
#include "binding.h"

#define PILOT_THROW(error) java_throw(jenv, error)
%}
%pragma(java) moduleclassmodifiers="final class"
%pragma(java) jniclassclassmodifiers="final class"
%pragma(java) jniclasscode=%{
    static {
        Library.load();
    }
%}
%rename("%(strip:[java_])s") "";

/* Handles, which are released when nothing can reach them any more; a call that one is an argument of can. */
%typemap(javaclassmodifiers) SWIGTYPE "final class"
%typemap(javafinalize) SWIGTYPE ""
%typemap(javainterfaces) SWIGTYPE ""
%typemap(javabody) SWIGTYPE %{
    private final long address;
    private final java.lang.ref.Cleaner.Cleanable cleanable;

    $javaclassname(long address, boolean owned) {
        this.address = address;
        this.cleanable = Library.CLEANER.register(this, new Release(address));
    }

    static long getCPtr($javaclassname handle) {
        return handle == null ? 0 : handle.address;
    }

    /** At once: no call may have it as an argument any more. */
    void release() {
        cleanable.clean();
    }

    private record Release(long address) implements Runnable {
        @Override
        public void run() {
            NativeJNI.delete_$javaclassname(address);
        }
    }
%}
%typemap(javadestruct, methodname="delete", methodmodifiers="private") SWIGTYPE ""

%typemap(jni) (const char *text, size_t length) "jbyteArray"
%typemap(jtype) (const char *text, size_t length) "byte[]"
%typemap(jstype) (const char *text, size_t length) "byte[]"
%typemap(javain) (const char *text, size_t length) "java.util.Objects.requireNonNull($javainput)"
%typemap(in) (const char *text, size_t length) {
    $1 = java_bytes_in(jenv, $input, &$2);
    if (!$1) return $null;
}
%typemap(freearg) (const char *text, size_t length) "free($1);"

%typemap(jni) java_text * "jbyteArray"
%typemap(jtype) java_text * "byte[]"
%typemap(jstype) java_text * "byte[]"
%typemap(javaout) java_text * { return $jnicall; }
%typemap(out) java_text * "$result = java_text_out(jenv, $1);"

%typemap(in, numinputs=0) JNIEnv *jenv "$1 = jenv;"
%typemap(jni) jobject "jobject"
%typemap(jtype) jobject "Object"
%typemap(jstype) jobject "Object"
%typemap(javain) jobject "$javainput"
%typemap(in) jobject "$1 = $input;"
%typemap(jni) jobjectArray "jobjectArray"
%typemap(jtype) jobjectArray "Object[]"
%typemap(jstype) jobjectArray "Object[]"
%typemap(javain) jobjectArray "$javainput"
%typemap(in) jobjectArray "$1 = $input;"
%typemap(jni) jlongArray "jlongArray"
%typemap(jtype) jlongArray "long[]"
%typemap(jstype) jlongArray "long[]"
%typemap(javain) jlongArray "$javainput"
%typemap(in) jlongArray "$1 = $input;"
%typemap(jni) jbyteArray "jbyteArray"
%typemap(jtype) jbyteArray "byte[]"
%typemap(jstype) jbyteArray "byte[]"
%typemap(javaout) jbyteArray { return $jnicall; }
%typemap(out) jbyteArray "$result = $1;"

/* Room for several numbers, which the call fills. */
%define ROOM(name, count)
%typemap(jni) long long name[count] "jlongArray"
%typemap(jtype) long long name[count] "long[]"
%typemap(jstype) long long name[count] "long[]"
%typemap(javain) long long name[count] "$javainput"
%typemap(in) long long name[count] (jlong room[count]) "memset(room, 0, sizeof room); $1 = (long long *)room;"
%typemap(argout) long long name[count] "(*jenv)->SetLongArrayRegion(jenv, $input, 0, count, (jlong *)$1);"
%typemap(freearg) long long name[count] ""
%enddef
ROOM(amounts, 6)
ROOM(row, 3)
ROOM(first, 1)
ROOM(counts, 2)
ROOM(cell, 8)

/* An enum's number is its place. */
%typemap(javabody) enum SWIGTYPE %{
    private final int number;

    $javaclassname(int number) {
        this.number = number;
    }

    /** Its number in C. */
    public int number() {
        return number;
    }
%}
%include "../pilot.swg"

%define PARSED(type, Name, parse)
PILOT_HANDLE(type, Name, (JNIEnv *jenv, const char *text, size_t length), parse(jenv, text, length))
%ignore parse;
%enddef
PARSED(pilot_policy, PolicyHandle, java_policy_parse)
PARSED(pilot_city, CityHandle, java_city_parse)
PARSED(pilot_menu, MenuHandle, java_menu_parse)
PARSED(pilot_account_case, AccountHandle, java_account_parse)
PILOT_HANDLE(java_tally, TallyHandle, (const struct pilot_policy *policy, long long groups, pilot_error *error),
             java_tally_new(policy, groups, error))
%ignore java_tally_new;
typedef struct pilot_policy pilot_policy;
typedef struct pilot_city pilot_city;
typedef struct pilot_menu pilot_menu;
typedef struct pilot_account_case pilot_account_case;
typedef struct java_tally java_tally;

%newobject java_nanchang_2019;
%newobject java_policy_patch;
%newobject java_tally_unpack;
%include "binding.h"

%include "../constants.swg"
